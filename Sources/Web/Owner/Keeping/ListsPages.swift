import HTTP
import JSON
import Markup

/// `/home/lists` and `/home/lists/ID/edit`: the owner's lists, and who is on them.
extension WebPages {
    var listRoutes: [Route] {
        formPage("/home/lists") { visit, typed in
            try await lists(visit, typed)
        } act: { visit, form in
            let list = try await visit.ask.post("/api/v1/lists", ListForm(form).parameters)
            return .to("/home/lists/\(list.root.text("id"))/edit?done=1")
        }
            + formPage("/home/lists/:id/edit") { visit, typed in
                try await list(visit, typed)
            } act: { visit, form in
                try await change(visit, form)
            }
    }

    private func lists(_ visit: Visit, _ typed: Form) async throws -> OwnerPage {
        let lists = try await visit.ask.get("/api/v1/lists").elements
        let rows = lists.map { list -> HTML in
            let id = list.text("id")
            let mark: HTML =
                list.flag("exclusive") ? " <span class=\"badge\">not on the home page</span>" : HTML()
            return """
                <li class="item"><div class="what"><a href="/home/lists/\(id)"><bdi>\(list.text("title"))</bdi></a>\(mark)</div>
                <a class="button" href="/home/lists/\(id)/edit">Change<span class="hidden"> <bdi>\(list.text("title"))</bdi></span></a></li>

                """
        }
        let index: HTML =
            rows.isEmpty
            ? "<p class=\"empty\">There is no list yet.</p>\n"
            : "<ul class=\"list\">\n\(rows.joined())</ul>\n"
        return OwnerPage(
            title: "Lists", section: "/home/more",
            main: """
                <h1>Lists</h1>
                \(index)<h2>A new list</h2>
                \(visit.form("/home/lists", ListForm(typed).fields(visit.words) + Inputs.button("Make it"), kind: "stack"))
                """)
    }

    private func list(_ visit: Visit, _ typed: Form) async throws -> OwnerPage {
        let id = PercentCoding.encodeSegment(visit.part("id"))
        let list = try await visit.ask.get("/api/v1/lists/\(id)").root
        let members = try await visit.ask.get(
            "/api/v1/lists/\(id)/accounts", Cursor.query(visit, limit: PeopleRows.limit))
        let path = "/home/lists/\(id)/edit"
        let form = typed.isOn("title") ? ListForm(typed) : ListForm(list)
        let people = PeopleRows.html(members.elements.map(Person.init), empty: "Nobody is on it yet.") {
            visit.actButton(path, "Remove", [("remove", $0.id)])
        }
        return OwnerPage(
            title: list.text("title"), section: "/home/more",
            main: """
                <h1><bdi>\(list.text("title"))</bdi></h1>
                <p><a href="/home/lists/\(id)">Read it</a> \u{b7} <a href="/home/lists">All lists</a></p>
                <h2>Who is on it</h2>
                \(people)\(Cursor.ways(members, at: path))<h2>Add somebody</h2>
                \(try await search(visit, path))<h2>The list itself</h2>
                \(visit.form(path, form.fields(visit.words) + Inputs.button("Keep it", "act", "change"), kind: "stack"))<details>
                <summary>Remove the list</summary>
                \(visit.actButton(path, "Remove it for good", [("act", "delete")], kind: "danger"))</details>

                """)
    }

    /// Only people whom the owner follows can be on a list.
    private func search(_ visit: Visit, _ path: String) async throws -> HTML {
        let text = visit.query("q")
        var found = HTML()
        if !text.isEmpty {
            let answer = try await visit.ask.get(
                "/api/v1/accounts/search", [("q", text), ("following", "true"), ("limit", "20")])
            found = PeopleRows.html(
                answer.elements.map(Person.init), empty: "Nobody whom you follow is called so."
            ) {
                visit.actButton(path, "Add", [("add", $0.id)], back: path)
            }
        }
        return """
            <form method="get" action="\(path)" class="row" role="search">
            <label>Whom you follow <input type="search" name="q" value="\(text)" maxlength="200" dir="auto"></label>
            <button type="submit">Search</button>
            </form>
            \(found)
            """
    }

    private func change(_ visit: Visit, _ form: Form) async throws -> Outcome {
        let id = PercentCoding.encodeSegment(visit.part("id"))
        let path = "/api/v1/lists/\(id)"
        if let person = form.value("add") {
            _ = try await visit.ask.post("\(path)/accounts", [("account_ids[]", person)])
            return .back
        }
        if let person = form.value("remove") {
            _ = try await visit.ask.send(.delete, "\(path)/accounts", [("account_ids[]", person)])
            return .back
        }
        if form.value("act") == "delete" {
            _ = try await visit.ask.send(.delete, path, [])
            return .done("/home/lists")
        }
        _ = try await visit.ask.send(.put, path, ListForm(form).parameters)
        return .done("/home/lists/\(id)/edit")
    }
}

/// What can be said of a list.
private struct ListForm {
    let title: String
    let replies: String
    let isExclusive: Bool

    init(_ form: Form) {
        title = form.value("title") ?? ""
        replies = form.value("replies") ?? "list"
        isExclusive = form.isOn("exclusive")
    }

    init(_ list: JSONValue) {
        title = list.text("title")
        replies = list.text("replies_policy")
        isExclusive = list.flag("exclusive")
    }

    var parameters: [(String, String)] {
        [("title", title), ("replies_policy", replies), ("exclusive", isExclusive ? "true" : "false")]
    }

    func fields(_ words: Words) -> HTML {
        Inputs.text("Name", "title", title, longest: 256, more: " required")
            + Inputs.choice(
                "\(words.title(.replies)) that are shown", "replies", replies,
                [
                    ("list", "To people on the list"), ("followed", "To anybody I follow"), ("none", "None"),
                ])
            + Inputs.tick("Their \(words[.posts]) are not shown on the home page", "exclusive", isExclusive)
    }
}
