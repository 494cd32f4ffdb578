import HTTP
import Markup

/// `/home/mutes` and `/home/blocks`: whom the owner does not want to hear of.
extension WebPages {
    var limitedPeopleRoutes: [Route] {
        limitedPeople(
            "/home/mutes", "Muted people", act: "mute", undo: "unmute", verb: "Mute", undoVerb: "Unmute",
            note: "What they write is not shown to you. They are not told.",
            more: { typed in
                Inputs.choice(
                    "For how long", "duration", typed.value("duration") ?? "0", Spans.choices(never: "0"))
                    + Inputs.tick(
                        "Their notifications too", "notifications",
                        typed.pairs.isEmpty || typed.isOn("notifications"), value: "true")
            },
            parameters: { form in
                [
                    ("duration", form.value("duration") ?? "0"),
                    ("notifications", form.isOn("notifications") ? "true" : "false"),
                ]
            })
            + limitedPeople(
                "/home/blocks", "Blocked people", act: "block", undo: "unblock", verb: "Block",
                undoVerb: "Unblock",
                note: "They do not follow you, cannot reach you, and you do not see them.")
    }

    private func limitedPeople(
        _ path: String, _ title: String, act: String, undo: String, verb: String, undoVerb: String,
        note: String, more: @escaping @Sendable (Form) -> HTML = { _ in HTML() },
        parameters: @escaping @Sendable (Form) -> [(String, String)] = { _ in [] }
    ) -> [Route] {
        formPage(path) { visit, typed in
            let answer = try await visit.ask.get(
                "/api/v1/\(act)s", Cursor.query(visit, limit: PeopleRows.limit))
            let list = PeopleRows.html(answer.elements.map(Person.init), empty: "There is nobody here.") {
                visit.actButton(path, undoVerb, [("undo", $0.id)])
            }
            let adding =
                Inputs.text(
                    "Whom", "name", typed.value("name") ?? "", longest: 500,
                    hint: "A handle, such as @name@example.org.") + more(typed)
                + Inputs.button(verb, "act", act)
            return OwnerPage(
                title: title, section: "/home/more",
                main: """
                    <h1>\(title)</h1>
                    <p class="note">\(note)</p>
                    \(list)\(Cursor.ways(answer, at: path))<h2>\(verb) somebody</h2>
                    \(visit.form(path, adding, kind: "stack"))
                    """)
        } act: { visit, form in
            if let id = form.value("undo") {
                _ = try await visit.ask.post("/api/v1/accounts/\(PercentCoding.encodeSegment(id))/\(undo)")
                return .back
            }
            let person = try await visit.person(named: form.value("name") ?? "")
            _ = try await visit.ask.post("/api/v1/accounts/\(person.id)/\(act)", parameters(form))
            return .done(path)
        }
    }
}

/// How long something lasts, as the owner chooses it.
enum Spans {
    /// - Parameter never: the value that stands for no end.
    static func choices(never: String) -> [(value: String, label: String)] {
        [
            (never, "Until I change it"), ("1800", "Half an hour"), ("3600", "An hour"),
            ("21600", "Six hours"),
            ("43200", "Twelve hours"), ("86400", "A day"), ("604800", "A week"), ("2592000", "Thirty days"),
        ]
    }
}
