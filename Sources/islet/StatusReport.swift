import Basics
import Glibc
import JSON
import Storage

/// What the server is doing, for `islet status`.
struct StatusReport {
    /// Name and value, in the order in which they are shown.
    private var rows: [(name: String, value: Int64, unit: String)] = []
    private var texts: [(name: String, value: String)] = []
    private var trouble: [Hosts.Trouble] = []
    private var received: [(String, Int)] = []
    private var posts: [(uri: String, account: Arrivals.Account)] = []

    init(
        store: Store, isRunning: Bool, problem: String? = nil, connections: Int = 0, requests: UInt64 = 0,
        received: [String: Int] = [:], cached: Int? = nil, fetches: Int? = nil
    ) throws {
        texts.append(("running", isRunning ? "yes" : "no"))
        if isRunning { texts.append(("health", problem ?? "ok")) }
        if isRunning {
            rows += Self.process()
            rows.append(("connections", Int64(connections), ""))
            rows.append(("requests", Int64(clamping: requests), ""))
        }
        let found = try store.read { snapshot in
            (
                waiting: try Deliveries.count(in: snapshot), inbound: try Inbound.count(in: snapshot),
                statuses: try Statuses.count(in: snapshot), media: try Attachments.ownBytes(in: snapshot),
                trouble: try Hosts.inTrouble(limit: 50, in: snapshot),
                posts: try Self.posts(in: snapshot), reports: try Reports.newest(1_000, in: snapshot).count
            )
        }
        rows.append(("deliveries_waiting", Int64(found.waiting), ""))
        rows.append(("activities_waiting", Int64(found.inbound), ""))
        if let fetches { rows.append(("fetches_waiting", Int64(fetches), "")) }
        rows.append(("statuses", Int64(found.statuses), ""))
        rows.append(("reports", Int64(found.reports), ""))
        rows.append(("media", found.media, "bytes"))
        if let cached { rows.append(("cache", Int64(cached), "bytes")) }
        rows += Self.disk()
        trouble = found.trouble
        posts = found.posts
        self.received = received.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        texts.append(("last_backup", "never"))
    }

    /// Who has the owner's newest posts.
    private static func posts(in snapshot: Snapshot) throws -> [(uri: String, account: Arrivals.Account)] {
        let ids = try Arrivals.newestPosts(10, in: snapshot)
        let statuses = try Statuses.find(ids, in: snapshot)
        return try ids.compactMap { id in
            try statuses[id].map { ($0.uri, try Arrivals.of(id, in: snapshot)) }
        }
    }

    /// Memory in bytes and bytes written, from proc(5).
    private static func process() -> [(String, Int64, String)] {
        var rows: [(String, Int64, String)] = []
        let status = (try? DataFolder.text(of: "/proc/self/status")) ?? nil
        for (line, name) in [("VmRSS:", "memory"), ("RssAnon:", "memory_owned"), ("VmHWM:", "memory_peak")] {
            if let kib = number(after: line, in: status) { rows.append((name, kib * 1024, "bytes")) }
        }
        let io = (try? DataFolder.text(of: "/proc/self/io")) ?? nil
        let written = number(after: "write_bytes:", in: io) ?? 0
        rows.append(("written_since_start", written, "bytes"))
        let age = uptime()
        rows.append(("uptime", age, "seconds"))
        rows.append(("written_per_day", age > 0 ? Int64(Double(written) * 86_400 / Double(age)) : 0, "bytes"))
        return rows
    }

    private static func uptime() -> Int64 {
        let stat = ((try? DataFolder.text(of: "/proc/self/stat")) ?? nil) ?? ""
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 19, let start = Int64(fields[19]) else { return 0 }
        var now = timespec()
        clock_gettime(CLOCK_BOOTTIME, &now)
        return max(0, Int64(now.tv_sec) - start / Int64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
    }

    private static func number(after label: String, in text: String?) -> Int64? {
        guard let text, let line = text.split(separator: "\n").first(where: { $0.hasPrefix(label) }) else {
            return nil
        }
        return line.dropFirst(label.count).split(whereSeparator: \.isWhitespace).first.flatMap { Int64($0) }
    }

    private static func disk() -> [(String, Int64, String)] {
        var info = stat()
        let size = stat(DataFolder.database, &info) == 0 ? Int64(info.st_size) : 0
        var system = statvfs()
        let free = statvfs(".", &system) == 0 ? Int64(system.f_bavail) * Int64(system.f_frsize) : 0
        return [("database", size, "bytes"), ("disk_free", free, "bytes")]
    }

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { report in
            for (name, value) in texts { report.field(name, value) }
            for (name, value, _) in rows { report.field(name, value) }
            report.object("received") { types in
                for (type, count) in received { types.field(type, count) }
            }
            report.array("posts") { list in
                for (uri, account) in posts {
                    list.object { entry in
                        entry.field("post", uri)
                        entry.field("has", account.has)
                        entry.field("waiting", account.waiting)
                        entry.array("refused") { refused in
                            for (host, reason) in account.refused.prefix(50) {
                                refused.object {
                                    $0.field("host", host)
                                    $0.field("reason", reason)
                                }
                            }
                        }
                    }
                }
            }
            report.array("hosts_in_trouble") { hosts in
                for host in trouble {
                    hosts.object { entry in
                        entry.field("host", host.name)
                        entry.field("failures", host.failures)
                        entry.field("failing_since", host.failingSince.milliseconds)
                        entry.field("next_attempt", host.nextAttempt.milliseconds)
                        entry.field("last_error", host.lastError)
                        entry.field("dead", host.isDead)
                    }
                }
            }
        }
        return writer.bytes
    }

    /// The table for people, made from the JSON that the running server sent.
    static func table(_ document: JSONValue) -> String {
        var lines: [String] = []
        for (name, value) in document.members {
            switch value.kind {
            case .string, .number:
                let text = value.string ?? value.int.map(String.init) ?? ""
                lines.append(name + String(repeating: " ", count: max(1, 22 - name.count)) + text)
            case .object:
                for (type, count) in value.members { lines.append("\(name) \(type): \(count.int ?? 0)") }
            case .array where name == "posts":
                for post in value.elements { lines += line(of: post) }
            default:
                for host in value.elements {
                    let dead = host["dead"]?.bool == true ? ", given up" : ""
                    lines.append(
                        "in trouble: \(host["host"]?.string ?? "") (\(host["failures"]?.int ?? 0) failures\(dead)): "
                            + (host["last_error"]?.string ?? ""))
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func line(of post: JSONValue) -> [String] {
        let refused = post["refused"]?.elements ?? []
        let head =
            "post \(post["post"]?.string ?? ""): \(post["has"]?.int ?? 0) hosts have it, "
            + "\(post["waiting"]?.int ?? 0) wait, \(refused.count) refused"
        return [head]
            + refused.prefix(5).map {
                "  \($0["host"]?.string ?? ""): \($0["reason"]?.string ?? "")"
            }
    }
}
