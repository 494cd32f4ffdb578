import Markup

/// The poll of a post that is written.
struct WritingPollMarkup {
    let scene: WritingScene

    private static let durations: [(value: String, label: String)] = [
        ("300", "5 minutes"), ("1800", "30 minutes"), ("3600", "1 hour"), ("21600", "6 hours"),
        ("43200", "12 hours"), ("86400", "1 day"), ("259200", "3 days"), ("604800", "7 days"),
        ("2592000", "30 days"),
    ]

    var html: HTML {
        let poll = scene.form.poll
        let count = min(max(2, poll.options.count), max(2, scene.limits.options))
        let options = (0..<count).map { index in
            let text = index < poll.options.count ? poll.options[index] : ""
            return Inputs.text("Choice \(index + 1)", "option", text, longest: scene.limits.optionCharacters)
        }
        let isOpen = !poll.options.isEmpty && (!poll.isEmpty || poll.options.count > 2)
        let more: HTML =
            count < scene.limits.options
            ? "<button type=\"submit\" name=\"act\" value=\"option\" class=\"quiet\">Add a choice</button>\n"
            : HTML()
        let warning: HTML =
            scene.before?.poll == nil
            ? HTML() : "<p class=\"note\">Whoever changes the choices begins the vote anew.</p>\n"
        return """
            <details\(isOpen ? " open" : "")>
            <summary>Poll</summary>
            <div class="stack">
            \(warning)\(options.joined())\(more)\(lasting)\(manners)</div>
            </details>

            """
    }

    private var lasting: HTML {
        let keeping: [(value: String, label: String)] =
            scene.before?.poll == nil ? [] : [("keep", "Until the same moment as before")]
        return Inputs.choice(
            "Open for", "lasting", scene.form.poll.lasting, keeping + WritingPollMarkup.durations)
    }

    private var manners: HTML {
        let poll = scene.form.poll
        return Inputs.tick("Several choices at once", "multiple", poll.isMultiple)
            + Inputs.tick("Show the numbers only at the end", "hide", poll.hidesTotals)
    }
}
