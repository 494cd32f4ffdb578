import Markup

/// Inputs that many forms have, each in its label.
enum FormMarkup {
    static func text(_ name: HTML, _ label: HTML, _ value: String, more: HTML = "") -> HTML {
        "<label>\(label) <input type=\"text\" name=\"\(name)\" value=\"\(value)\" dir=\"auto\"\(more)></label>\n"
    }

    /// Browsers drop a line end right behind the tag of a text area; so there always is one.
    static func area(_ name: String, _ label: HTML, _ value: String, rows: Int, more: HTML = "") -> HTML {
        """
        <label>\(label) <textarea name="\(name)" rows="\(rows)" dir="auto"\(more)>
        \(value)</textarea></label>

        """
    }

    static func checkbox(_ name: HTML, _ label: HTML, isOn: Bool) -> HTML {
        let checked: HTML = isOn ? " checked" : ""
        return
            "<label><input type=\"checkbox\" name=\"\(name)\" value=\"1\"\(checked)> \(label)</label>\n"
    }

    /// - Parameter choices: values and labels; the chosen value is added when it is none of them.
    static func select(
        _ name: String, _ label: HTML, _ choices: [(String, HTML)], chosen: String
    ) -> HTML {
        var choices = choices
        if !choices.contains(where: { $0.0 == chosen }) { choices.insert((chosen, "As it is"), at: 0) }
        let options = choices.map { choice -> HTML in
            let selected: HTML = choice.0 == chosen ? " selected" : ""
            return "<option value=\"\(choice.0)\"\(selected)>\(choice.1)</option>\n"
        }
        return """
            <label>\(label) <select name="\(name)">
            \(options.joined())</select></label>

            """
    }
}
