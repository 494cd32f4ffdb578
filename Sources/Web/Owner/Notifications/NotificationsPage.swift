import HTTP
import JSON
import Markup

/// `/home/notifications`: what concerns the owner, gathered or one by one, all of it or of one kind.
extension WebPages {
    /// What can be asked for on its own.
    private static let kinds: [(name: String, title: @Sendable (Words) -> String, types: [String])] = [
        ("mentions", { _ in "Mentions" }, ["mention"]),
        ("follows", { _ in "Follows" }, ["follow", "follow_request"]),
        ("favourites", { $0.title(.favourites) }, ["favourite"]),
        ("boosts", { $0.title(.boosts) }, ["reblog"]),
        ("quotes", { $0.title(.quotes) }, ["quote", "quoted_update"]), ("polls", { _ in "Polls" }, ["poll"]),
        ("posts", { $0.title(.posts) + " and edits" }, ["status", "update"]),
        ("reports", { _ in "Reports" }, ["admin.report"]),
    ]
    private static let lines = 30

    var notificationRoutes: [Route] {
        [
            page("/home/notifications") { visit in try await notifications(visit) },
            form("/home/notifications/read") { visit, form in
                _ = try await visit.ask.post(
                    "/api/v1/markers", [("notifications[last_read_id]", form.value("newest") ?? "")])
                return .back
            },
            form("/home/notifications/clear") { visit, _ in
                _ = try await visit.ask.post("/api/v2/notifications/clear")
                return .back
            },
            form("/home/notifications/:key/dismiss") { visit, _ in
                _ = try await visit.ask.post("/api/v2/notifications/\(visit.segment("key"))/dismiss")
                return .back
            },
        ]
    }

    private func notifications(_ visit: Visit) async throws -> OwnerPage {
        let kind = WebPages.kinds.first { $0.name == visit.query("only") }
        let isPlain = visit.query("plain") == "1"
        var query = (kind?.types ?? []).map { ("types[]", $0) }
        // A kind that never belongs together: then nothing does.
        if isPlain { query.append(("grouped_types[]", "mention")) }
        let answer = try await visit.page(of: "/api/v2/notifications", limit: WebPages.lines, query) {
            NotificationLine.all(in: $0.root).count
        }
        let lines = NotificationLine.all(in: answer.root)
        let marker = try await visit.ask.get("/api/v1/markers", [("timeline[]", "notifications")]).root
        let read = Int(marker["notifications"]?.text("last_read_id") ?? "") ?? 0
        let requests = lines.filter { $0.kind == "follow_request" }.flatMap { $0.people.map(\.id) }
        var list = NotificationList(visit: visit, read: read, ties: try await visit.ties(requests))
        let html = lines.map { list.html($0) }.joined()
        let isFirst = visit.request.target.query == nil
        let news = NewsLine.html(
            "/home/notifications", since: isFirst ? lines.map(\.newest).max().map { String($0) } : nil,
            of: "notifications")
        return OwnerPage(
            title: visit.words.title(.notifications), section: "/home/notifications",
            main: """
                <h1>\(visit.words.title(.notifications))</h1>
                \(news)\(WebPages.ways(kind?.name ?? "", isPlain: isPlain, visit.words))\(markRead(lines, read, visit))\
                \(lines.isEmpty ? "<p class=\"empty\">There is nothing here.</p>\n" as HTML : html)\
                \(Cursor.ways(answer, at: WebPages.address(kind?.name ?? "", isPlain: isPlain)))\(clear(lines, visit))
                """)
    }

    private static func address(_ kind: String, isPlain: Bool) -> String {
        var items: [String] = []
        if !kind.isEmpty { items.append("only=\(kind)") }
        if isPlain { items.append("plain=1") }
        return "/home/notifications" + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
    }

    /// The kinds, and the two ways of showing them.
    private static func ways(_ current: String, isPlain: Bool, _ words: Words) -> HTML {
        let all = [("", "All")] + kinds.map { ($0.name, $0.title(words)) }
        let links = all.map { name, title -> HTML in
            let mark: HTML = name == current ? " aria-current=\"page\"" : HTML()
            return "<a href=\"\(address(name, isPlain: isPlain))\"\(mark)>\(title)</a>\n"
        }
        let other: HTML = isPlain ? "Put together what belongs together" : "One by one"
        return """
            <nav class="tabs" aria-label="Kinds">
            \(links.joined())</nav>
            <p class="row"><a href="\(address(current, isPlain: !isPlain))">\(other)</a>
            <a href="/home/notifications/requests">Held back</a></p>

            """
    }

    private func markRead(_ lines: [NotificationLine], _ read: Int, _ visit: Visit) -> HTML {
        guard let newest = lines.map(\.newest).max(), newest > read else { return HTML() }
        return visit.form(
            "/home/notifications/read",
            "<input type=\"hidden\" name=\"newest\" value=\"\(newest)\"><button>Mark as read</button>")
    }

    private func clear(_ lines: [NotificationLine], _ visit: Visit) -> HTML {
        guard !lines.isEmpty else { return HTML() }
        let form = visit.form(
            "/home/notifications/clear", "<button>Yes, remove all of them</button>",
            back: "/home/notifications")
        return "<details>\n<summary>Remove all \(visit.words[.notifications])</summary>\n\(form)</details>\n"
    }
}
