import HTTP
import JSON
import Markup

/// `/home/domains`: servers that the owner wants nothing to do with, and `/home/domains/block?domain=NAME`, which says
/// what blocking one does.
extension WebPages {
    var domainRoutes: [Route] {
        formPage("/home/domains") { visit, typed in
            try await domains(visit, typed)
        } act: { visit, form in
            let path = "/api/v1/domain_blocks"
            if let domain = form.value("undo") {
                _ = try await visit.ask.send(.delete, path, [("domain", domain)])
                return .back
            }
            let domain = (form.value("domain") ?? "").split(separator: " ").joined().lowercased()
            if !form.isOn("sure") {
                let ties = try await ties(with: domain, visit)
                if ties.following > 0 || ties.followers > 0 {
                    return .page(confirmation(visit, domain, ties))
                }
            }
            _ = try await visit.ask.post(path, [("domain", domain)])
            return .done("/home/domains")
        } + [
            page("/home/domains/block") { visit in
                let domain = visit.query("domain")
                return confirmation(visit, domain, try await ties(with: domain, visit))
            }
        ]
    }

    private func ties(
        with domain: String, _ visit: Visit
    ) async throws -> (following: Int, followers: Int) {
        let ties = try await visit.ask.get("/api/v1/domain_blocks/preview", [("domain", domain)]).root
        return (ties.number("following_count"), ties.number("followers_count"))
    }

    private func domains(_ visit: Visit, _ typed: Form) async throws -> OwnerPage {
        let answer = try await visit.ask.get("/api/v1/domain_blocks", Cursor.query(visit, limit: 100))
        let names = answer.elements.compactMap(\.string)
        let rows = names.map { name -> HTML in
            """
            <li class="item"><div class="what"><bdi>\(name)</bdi></div>
            \(visit.actButton("/home/domains", "Unblock", [("undo", name)]))</li>

            """
        }
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"empty\">No server is blocked.</p>\n"
            : "<ul class=\"list\">\n\(rows.joined())</ul>\n"
        let adding =
            Inputs.text(
                "Server", "domain", typed.value("domain") ?? "", longest: 253, hint: "Such as example.org.",
                more: " autocapitalize=\"none\"") + Inputs.button("Block")
        return OwnerPage(
            title: "Blocked servers", section: "/home/more",
            main: """
                <h1>Blocked servers</h1>
                <p class="note">Nothing of them is taken, and nothing is sent to them.</p>
                \(list)\(Cursor.ways(answer, at: "/home/domains"))<h2>Block a server</h2>
                \(visit.form("/home/domains", adding, kind: "stack"))
                """)
    }

    /// What a block would cut is said before.
    private func confirmation(
        _ visit: Visit, _ domain: String, _ ties: (following: Int, followers: Int)
    ) -> OwnerPage {
        let people = PostMarkup.count(ties.following, "person", "people")
        let others = PostMarkup.count(ties.followers, "follower", "followers")
        return OwnerPage(
            title: "Block \(domain)?", section: "/home/more",
            main: """
                <h1>Block <bdi>\(domain)</bdi>?</h1>
                <div class="box">
                <p>Nothing of that server is taken any more, and nothing is sent to it. You follow \(people) there and have
                \(others) there: these ties end, and do not come back when you unblock the server.</p>
                \(visit.actButton(
                    "/home/domains", "Block it", [("domain", domain), ("sure", "1")], kind: "danger"))</div>
                <p><a href="/home/domains">No, leave it</a></p>

                """)
    }
}
