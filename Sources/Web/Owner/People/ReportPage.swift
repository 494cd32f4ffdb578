import HTTP
import Markup

/// `/home/people/ID/report`: tells the people who run somebody's server what is wrong.
extension WebPages {
    var reportRoutes: [Route] {
        [
            page("/home/people/:id/report") { visit in try await reportForm(visit) },
            form("/home/people/:id/report", report),
        ]
    }

    private static let reasons: [(name: String, words: HTML)] = [
        ("other", "Something else"), ("spam", "It is spam"), ("legal", "It is against the law"),
        ("violation", "It is against their server's rules"),
    ]

    private func reportForm(_ visit: Visit) async throws -> OwnerPage {
        let person = try await visit.person()
        let posts = try await visit.ask.get(
            "/api/v1/accounts/\(person.id)/statuses", [("exclude_reblogs", "true"), ("limit", "20")]
        ).elements.map(Post.init)
        let chosen = visit.query("post")
        let boxes = posts.map { post -> HTML in
            let text = PlainText.text(post.content.text, limit: 120)
            let checked: HTML = post.id == chosen ? " checked" : HTML()
            return """
                <label><input type="checkbox" name="post" value="\(post.id)"\(checked)> \(Moment.time(post.createdAt)) \
                <span dir="auto">\(text.isEmpty ? "Without text" : text)</span></label>

                """
        }
        let reasons = WebPages.reasons.map { reason -> HTML in
            "<option value=\"\(reason.name)\">\(reason.words)</option>\n"
        }
        let server = person.acct.split(separator: "@").last.map(String.init) ?? ""
        let form = visit.form(
            "/home/people/\(person.id)/report",
            """
            <label>Why <select name="category">
            \(reasons.joined())</select></label>
            <label>In your words <textarea name="comment" rows="4" maxlength="1000" dir="auto"></textarea></label>
            <fieldset><legend>Which \(visit.words[.posts]) show it</legend>
            \(boxes.isEmpty ? "<p>None is known here.</p>\n" as HTML : boxes.joined())</fieldset>
            <button>Send it to \(server)</button>
            """, back: "/home/people/\(person.id)", kind: "stack")
        return OwnerPage(
            title: "Report \(person.name)",
            main: """
                <h1>Report <bdi>\(person.name)</bdi></h1>
                <p>The report goes to those who run \(server), in the name of this server. \
                <a href="/home/people/\(person.id)">To the profile</a></p>
                \(form)
                """)
    }

    private func report(_ visit: Visit, _ form: Form) async throws -> Outcome {
        _ = try await visit.ask.post(
            "/api/v1/reports",
            [
                ("account_id", visit.part("id")), ("category", form.value("category") ?? "other"),
                ("comment", form.value("comment") ?? ""), ("forward", "true"),
            ] + form.values("post").map { ("status_ids[]", $0) })
        return .back
    }
}
