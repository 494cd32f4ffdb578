import HTTP
import Markup

/// `/home/requests`: those who ask to follow.
extension WebPages {
    private static let answers = ["authorize", "reject"]

    var requestRoutes: [Route] {
        formPage("/home/requests") { visit, _ in
            let answer = try await visit.ask.get(
                "/api/v1/follow_requests", Cursor.query(visit, limit: PeopleRows.limit))
            let list = PeopleRows.html(answer.elements.map(Person.init), empty: "Nobody waits.") { person in
                visit.form(
                    "/home/requests",
                    """
                    <input type="hidden" name="id" value="\(person.id)">
                    \(Inputs.button("Accept", "act", "authorize", kind: "primary"))\
                    \(Inputs.button("Reject", "act", "reject"))
                    """, kind: "row")
            }
            return OwnerPage(
                title: "Follow requests", section: "/home/more",
                main: "<h1>Follow requests</h1>\n" + list + Cursor.ways(answer, at: "/home/requests"))
        } act: { visit, form in
            guard let act = form.value("act"), WebPages.answers.contains(act) else {
                throw Refusal(.badRequest, "Accept or reject?")
            }
            let id = PercentCoding.encodeSegment(form.value("id") ?? "")
            _ = try await visit.ask.post("/api/v1/follow_requests/\(id)/\(act)")
            return .back
        }
    }
}
