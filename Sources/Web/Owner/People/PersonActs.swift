import Federation
import HTTP
import Markup

/// The buttons and small forms on somebody's profile.
struct PersonActs {
    let person: Person
    let tie: Tie
    let visit: Visit
    /// Nil where there is no room for what is rarely done.
    let lists: PersonCard.Lists?

    private var base: String { "/home/people/\(person.id)" }

    var html: HTML {
        var html: HTML = "<p class=\"note\">\(state)</p>\n"
        if tie.asksToFollow {
            html += """
                <p class="row">They ask to follow you. \(button("accept", "Accept"))
                \(button("reject", "Reject"))</p>

                """
        }
        html +=
            "<p class=\"row\">\(first)\n<a class=\"button\" href=\"/home/write?to=\(PercentCoding.encodeQuery(person.acct))\">Write to them</a></p>\n"
        guard let lists else { return html }
        return html + """
            <details>
            <summary>More</summary>
            \(tie.isFollowing ? follow : HTML())\(mute)\(note)\(onLists(lists))\(rest)</details>

            """
    }

    /// How things stand, in words.
    private var state: HTML {
        var parts: [HTML] = []
        if tie.isFollowing { parts.append("You follow them.") }
        if tie.isFollower { parts.append("They follow you.") }
        if tie.isMuted {
            let end: HTML = tie.mutedUntil.map { " until \(Moment.time($0))" } ?? HTML()
            parts.append("You muted them\(end).")
        }
        if tie.isBlocked { parts.append("You blocked them.") }
        if tie.isDomainBlocked { parts.append("You blocked their server.") }
        if !tie.note.isEmpty { parts.append("Your note: <bdi>\(tie.note)</bdi>") }
        return parts.joined(separator: " ")
    }

    private var first: HTML {
        if tie.isBlocked { return button("unblock", "Unblock") }
        if tie.isFollowing { return button("unfollow", "Unfollow") }
        if tie.isRequested { return button("unfollow", "Take back the request to follow") }
        return person.movedTo == nil ? button("follow", "Follow") : HTML()
    }

    private var follow: HTML {
        let languages = tie.languages.joined(separator: ", ")
        return visit.form(
            "\(base)/follow",
            """
            <fieldset><legend>What you want of them</legend>
            <input type="hidden" name="options" value="1">
            <label><input type="checkbox" name="boosts"\(checked(tie.showsBoosts))> What they \(visit.words[.boost])</label>
            <label><input type="checkbox" name="notify"\(checked(tie.notifies))> A notification for each \(visit.words[.post])</label>
            <label>Only in these languages (such as en, de; none for all) <input type="text" name="languages" \
            value="\(languages)" maxlength="200"></label>
            <button>Save</button></fieldset>
            """, kind: "stack")
    }

    private var mute: HTML {
        if tie.isMuted { return "<p class=\"row\">\(button("unmute", "Unmute"))</p>\n" }
        return visit.form(
            "\(base)/mute",
            """
            <fieldset><legend>Mute</legend>
            \(Inputs.choice("For how long", "duration", "0", Spans.choices(never: "0")))\
            <label><input type="checkbox" name="notifications" checked> No notifications from them either</label>
            <button>Mute</button></fieldset>
            """, kind: "stack")
    }

    private var note: HTML {
        visit.form(
            "\(base)/note",
            Inputs.area(
                "Note that only you see", "comment", tie.note, rows: 2, more: " maxlength=\"2000\"")
                + Inputs.button("Save the note"), kind: "stack")
    }

    private func onLists(_ lists: PersonCard.Lists) -> HTML {
        guard tie.isFollowing, !lists.all.isEmpty else { return HTML() }
        let boxes = lists.all.map { list -> HTML in
            """
            <label><input type="checkbox" name="list" value="\(list.id)"\(checked(lists.with.contains(list.id)))> \
            <bdi>\(list.title)</bdi></label>

            """
        }
        return visit.form(
            "\(base)/lists",
            """
            <fieldset><legend>On your lists</legend>
            \(boxes.joined())<button>Save</button></fieldset>
            """, kind: "stack")
    }

    private var rest: HTML {
        var parts: [HTML] = []
        if tie.isFollowing {
            parts.append(
                tie.isEndorsed
                    ? button("unendorse", "Do not show on my profile")
                    : button("endorse", "Show on my profile"))
        }
        if tie.isFollower { parts.append(button("remove", "Remove from followers")) }
        if !tie.isBlocked { parts.append(button("block", "Block")) }
        parts.append("<a class=\"button\" href=\"\(base)/report\">Report</a>")
        if let at = person.acct.firstIndex(of: "@"), !tie.isDomainBlocked {
            let domain = PercentCoding.encodeQuery(String(person.acct[person.acct.index(after: at)...]))
            parts.append(
                "<a class=\"button\" href=\"/home/domains/block?domain=\(domain)\">Block their server</a>")
        }
        return "<p class=\"row\">\(parts.joined(separator: "\n"))</p>\n"
    }

    private func button(_ act: String, _ label: HTML) -> HTML { visit.button("\(base)/\(act)", label) }

    private func checked(_ isOn: Bool) -> HTML { isOn ? " checked" : HTML() }
}
