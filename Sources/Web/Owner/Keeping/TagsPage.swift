import HTTP
import Markup

/// `/home/tags`: hashtags that the owner follows, and those on the profile.
extension WebPages {
    private static let tagActs = ["follow", "unfollow", "feature", "unfeature"]

    var tagRoutes: [Route] {
        formPage("/home/tags") { visit, typed in
            try await tags(visit, typed)
        } act: { visit, form in
            guard let act = form.value("act"), WebPages.tagActs.contains(act) else {
                throw Refusal(.badRequest, "What shall be done with it?")
            }
            let typed = (form.value("name") ?? "").split(separator: " ").joined()
            let name = PercentCoding.encodeSegment(typed.hasPrefix("#") ? String(typed.dropFirst()) : typed)
            guard !name.isEmpty else { throw Refusal(.unprocessable, "A hashtag is needed.") }
            do {
                _ = try await visit.ask.post("/api/v1/tags/\(name)/\(act)")
            } catch let refusal as Refusal where refusal.status == .notFound {
                throw Refusal(.unprocessable, "That is no hashtag: letters, digits and _ only.")
            }
            return act.hasPrefix("un") ? .back : .done("/home/tags")
        }
    }

    private func tags(_ visit: Visit, _ typed: Form) async throws -> OwnerPage {
        let followed = try await visit.ask.get("/api/v1/followed_tags", Cursor.query(visit, limit: 100))
        let featured = try await visit.ask.get("/api/v1/featured_tags")
        let adding =
            Inputs.text("Hashtag", "name", typed.value("name") ?? "", longest: 100)
                + """
                <div class="toolbar">
                \(Inputs.button("Follow it", "act", "follow", kind: "primary"))\
                \(Inputs.button("Show it on my profile", "act", "feature"))</div>

                """
        return OwnerPage(
            title: "Hashtags", section: "/home/more",
            main: """
                <h1>Hashtags</h1>
                <h2>Followed</h2>
                \(list(followed.elements.map { $0.text("name") }, "unfollow", "Unfollow", visit))\
                \(Cursor.ways(followed, at: "/home/tags"))<h2>On the profile</h2>
                \(list(featured.elements.map { $0.text("name") }, "unfeature", "Remove", visit))<h2>Add one</h2>
                \(visit.form("/home/tags", adding, kind: "stack"))
                """)
    }

    private func list(_ names: [String], _ act: String, _ verb: String, _ visit: Visit) -> HTML {
        guard !names.isEmpty else { return "<p class=\"empty\">There is none.</p>\n" }
        let rows = names.map { name -> HTML in
            """
            <li class="item"><div class="what"><a href="/home/tags/\(PercentCoding.encodeSegment(name))"><bdi>#\(name)</bdi></a></div>
            \(visit.actButton("/home/tags", verb, [("act", act), ("name", name)]))</li>

            """
        }
        return "<ul class=\"list\">\n\(rows.joined())</ul>\n"
    }
}
