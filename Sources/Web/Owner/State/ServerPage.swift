import Basics
import Federation
import HTTP
import JSON
import Markup
import Storage

/// `/home/server` and `/home/posts/ID/deliveries`: how the server is doing, and who has a post.
extension WebPages {
    /// Hosts on a page about one post.
    private static let hosts = 1_000

    var serverRoutes: [Route] {
        [page("/home/server", serverState), page("/home/posts/:id/deliveries", whoHas)]
    }

    private func serverState(_ visit: Visit) async throws -> OwnerPage {
        let report = try Document(try await state()).root
        var facts = HTML()
        for (name, value) in report.members where !ServerMarkup.isUnknown(name, value) {
            switch value.kind {
            case .string, .number: facts += ServerMarkup.fact(name, value, visit.words)
            default: break
            }
        }
        return OwnerPage(
            title: "The server", section: "/home/more",
            main: """
                <h1>The server</h1>
                <dl class="facts">
                <dt>Version</dt><dd>\(layout.version)</dd>
                \(facts)</dl>
                <h2>Servers in trouble</h2>
                \(ServerMarkup.trouble(report.list("hosts_in_trouble")))<h2>The newest \(visit.words[.posts])</h2>
                \(ServerMarkup.posts(report.list("posts")))
                """)
    }

    private func whoHas(_ visit: Visit) async throws -> OwnerPage {
        guard let id = StatusID(visit.part("id")) else { throw Refusal(.notFound, "There is no such post.") }
        let owner = identity.owner
        let found = try store.read {
            snapshot -> (arrived: [Arrivals.Arrival], waiting: [Deliveries.Waiting])? in
            guard let post = try Statuses.find(id, in: snapshot), post.actor == owner else { return nil }
            return (
                try Arrivals.list(of: id, limit: WebPages.hosts, in: snapshot),
                try Deliveries.waiting(for: id, limit: WebPages.hosts, in: snapshot)
            )
        }
        guard let found else { throw Refusal(.notFound, "That is no post of yours.") }
        let refused = found.arrived.filter { $0.reason != nil }
        let taken = found.arrived.filter { $0.reason == nil }
        return OwnerPage(
            title: "Who has this \(visit.words[.post])", section: "/home/more",
            main: """
                <h1>Who has this \(visit.words[.post])</h1>
                <p><a href="/home/posts/\(id.description)">To the \(visit.words[.post])</a></p>
                <h2>\(taken.count) have it</h2>
                \(ServerMarkup.list(taken.map { (host: $0.host, note: Moment.time($0.at)) }))<h2>\(found.waiting.count) wait</h2>
                \(ServerMarkup.list(found.waiting.map { (host: $0.host, note: ServerMarkup.waiting($0)) }))<h2>\(refused.count) refused it</h2>
                \(ServerMarkup.list(refused.map { (host: $0.host, note: "\($0.reason ?? "")" as HTML) }))
                <p class="note">The last \(Arrivals.limit) \(visit.words[.posts]) are remembered, for thirty days.</p>

                """)
    }
}

/// The figures of the server in words.
enum ServerMarkup {
    private static let names: [String: String] = [
        "running": "Running", "health": "Health", "memory": "Memory", "memory_owned": "Memory of its own",
        "memory_peak": "Most memory so far", "written_since_start": "Written since the start",
        "uptime": "Running for", "written_per_day": "Written a day", "connections": "Open connections",
        "requests": "Requests", "deliveries_waiting": "Deliveries that wait",
        "activities_waiting": "Activities that wait", "reports": "Reports",
        "database": "Database", "disk_free": "Free on the disk", "last_backup": "Last backup",
        "media": "Own files", "cache": "Others' files kept", "fetches_waiting": "Fetches that wait",
    ]
    private static let sizes: Set<String> = [
        "memory", "memory_owned", "memory_peak", "written_since_start", "written_per_day", "database",
        "disk_free", "media", "cache",
    ]

    /// Whether nothing is known of it: copies that were made without this program are noted nowhere.
    static func isUnknown(_ name: String, _ value: JSONValue) -> Bool {
        name == "last_backup" && value.string == "never"
    }

    static func fact(_ name: String, _ value: JSONValue, _ words: Words) -> HTML {
        let text: String =
            if let number = value.int {
                sizes.contains(name) ? size(number) : name == "uptime" ? span(number) : String(number)
            } else {
                value.string ?? ""
            }
        let label = name == "statuses" ? "\(words.title(.posts)) known" : names[name] ?? name
        return "<dt>\(label)</dt><dd>\(text)</dd>\n"
    }

    static func trouble(_ hosts: [JSONValue]) -> HTML {
        list(
            hosts.map { host in
                let next: HTML =
                    host.flag("dead")
                    ? "given up until it shows a sign of life"
                    : "next try \(Moment.time(Timestamp(milliseconds: Int64(host.number("next_attempt")))))"
                let failures = PostMarkup.count(host.number("failures"), "failure", "failures")
                let since = Moment.time(Timestamp(milliseconds: Int64(host.number("failing_since"))))
                return (host.text("host"), "\(failures) since \(since), \(next): \(host.text("last_error"))")
            })
    }

    static func posts(_ posts: [JSONValue]) -> HTML {
        list(
            posts.map { post in
                let id = post.text("post").split(separator: "/").last ?? ""
                let numbers: HTML =
                    "\(post.number("has")) have it, \(post.number("waiting")) wait, \(post.list("refused").count) refused"
                return (
                    post.text("post"), "\(numbers) \u{b7} <a href=\"/home/posts/\(id)/deliveries\">who</a>"
                )
            })
    }

    static func waiting(_ host: Deliveries.Waiting) -> HTML {
        var note: HTML = PostMarkup.count(host.attempts, "attempt", "attempts")
        if host.nextAttempt.milliseconds > 0 { note += ", next \(Moment.time(host.nextAttempt))" }
        if let error = host.lastError { note += ": \(error)" }
        return note
    }

    static func list(_ rows: [(host: String, note: HTML)]) -> HTML {
        guard !rows.isEmpty else { return "<p class=\"empty\">None.</p>\n" }
        let items = rows.map { row -> HTML in
            "<li class=\"item\"><div class=\"what\"><bdi>\(row.host)</bdi>\n<p class=\"note\">\(row.note)</p></div></li>\n"
        }
        return "<ul class=\"list\">\n\(items.joined())</ul>\n"
    }

    /// `12.3 MB`: powers of a thousand, as disks are sold.
    static func size(_ bytes: Int) -> String {
        var value = Double(bytes)
        for unit in ["bytes", "kB", "MB", "GB", "TB"] {
            if value.magnitude < 1_000 || unit == "TB" {
                let tenths = Int((value * 10).rounded())
                return unit == "bytes"
                    ? "\(bytes) bytes" : "\(tenths / 10).\((tenths % 10).magnitude) \(unit)"
            }
            value /= 1_000
        }
        return "\(bytes) bytes"
    }

    /// `3 days 4 h`, `4 h 5 min`, `6 min`.
    static func span(_ seconds: Int) -> String {
        let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3_600, seconds % 3_600 / 60)
        if days > 0 { return "\(days) \(days == 1 ? "day" : "days") \(hours) h" }
        return hours > 0 ? "\(hours) h \(minutes) min" : "\(minutes) min"
    }
}
