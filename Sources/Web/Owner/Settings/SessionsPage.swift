import Basics
import HTTP
import Markup
import Storage

/// `/home/settings/sessions` and `/home/settings/applications`: who is let in, and an end to it.
extension WebPages {
    /// Apps on the page.
    private static let apps = 100

    var sessionRoutes: [Route] {
        formPage("/home/settings/sessions") { visit, _ in
            try sessions(visit)
        } act: { visit, form in
            let own = visit.session
            if form.value("act") == "others" {
                _ = try await store.write { tx in try BrowserSessions.endOthers(than: own, in: tx) }
                return .done("/home/settings/sessions")
            }
            guard let id = form.value("session").flatMap({ Int64($0) }), id != own else {
                throw Refusal(.unprocessable, "To end this session, sign out.")
            }
            try await store.write { tx in
                guard try BrowserSessions.all(in: tx).contains(where: { $0.id == id }) else { return }
                try OAuthTokens.end(id, in: tx)
            }
            return .done("/home/settings/sessions")
        }
            + formPage("/home/settings/applications") { visit, _ in
                try applications(visit)
            } act: { _, form in
                guard let id = form.value("app").flatMap({ Int64($0) }) else {
                    throw Refusal(.unprocessable, "Which app?")
                }
                _ = try await store.write { tx in try OAuthTokens.end(app: id, in: tx) }
                return .done("/home/settings/applications")
            }
    }

    private func sessions(_ visit: Visit) throws -> OwnerPage {
        let sessions = try store.read { try BrowserSessions.all(in: $0) }
        let rows = sessions.map { session -> HTML in
            let isThis = session.id == visit.session
            let name = session.agent.isEmpty ? "A browser without a name" : session.agent
            let end: HTML =
                isThis
                ? "<span class=\"badge\">this one</span>"
                : visit.actButton("/home/settings/sessions", "End", [("session", String(session.id))])
            return """
                <li class="item"><div class="what"><bdi>\(name)</bdi>
                <p class="note">Since \(Moment.time(session.createdAt)) \u{b7} last seen \(Moment.day(session.usedAt))</p></div>
                \(end)</li>

                """
        }
        let others: HTML =
            sessions.count > 1
            ? visit.actButton(
                "/home/settings/sessions", "End all others", [("act", "others")], kind: "danger")
            : HTML()
        return OwnerPage(
            title: "Browsers", section: "/home/more",
            main: """
                <h1>Browsers</h1>
                <p class="note">Where you are signed in to these pages. One that is not used for a year is signed out.</p>
                <ul class="list">
                \(rows.joined())</ul>
                \(others)
                """)
    }

    private func applications(_ visit: Visit) throws -> OwnerPage {
        let apps = try store.read { try OAuthApps.connected(limit: WebPages.apps, in: $0) }
        let rows = apps.map { app -> HTML in
            let used: HTML = app.usedAt.map { "last used \(Moment.day($0))" } ?? "not used since"
            return """
                <li class="item"><div class="what"><bdi>\(app.name)</bdi>
                <p class="note">Let in \(Moment.time(app.createdAt)) \u{b7} \(used)</p>
                <p class="note">It may: <code>\(app.scopes)</code></p></div>
                \(visit.actButton("/home/settings/applications", "End access", [("app", String(app.id))]))</li>

                """
        }
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"empty\">No app is let in.</p>\n" : "<ul class=\"list\">\n\(rows.joined())</ul>\n"
        return OwnerPage(
            title: "Connected apps", section: "/home/more",
            main: "<h1>Connected apps</h1>\n" + list)
    }
}
