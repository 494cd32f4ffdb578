import Foundation
import SQLite
import Testing

@testable import Storage

/// Every statement of this target is explained by SQLite, so that none reads a whole table unnoticed.
@Suite struct PlansTests {
    /// Tables that a statement may go through, by file, because it is rare or the table is small there.
    private static let allowed: [String: Set<String>] = [
        // Once a day.
        "Retention": [
            "seen_activities", "tombstones", "idempotency_keys", "oauth_codes", "mutes", "reply_reads",
            "arrivals",
            "attachments",
        ],
        "Attachments": ["attachments", "owner"],
        "Strangers": ["actors", "i", "h", "owner", "reports", "poll_votes", "inboxes", "hosts"],
        "Arrivals": ["arrivals"],
        "LinkPreviews": ["link_previews"],
        // What waits; one row of it for each inbox is what is asked for.
        "Deliveries": ["deliveries", "d", "outbox", "f"],
        "Deliveries+Bounds": ["deliveries", "d"],
        // Somebody wants to know who has a post.
        "Deliveries+Post": ["d", "i"],
        // Rare acts of the owner or of somebody else's administrator.
        "Deliveries+Domain": ["d", "h"],
        "Deliveries+Domains": ["d"],
        "DomainBlocks": ["actors"],
        "DomainBlocks+Many": ["actors"],
        "Inboxes+All": ["actors"],
        "Actors+Removal": ["poll_votes"],
        // Somebody types, or looks at the state of things.
        "Actors": ["a"],
        "Hashtags": ["hashtags"],
        "Hosts": ["hosts"],
        "Statuses": ["statuses"],
        // Of the owner alone, or bounded to few rows.
        "Filters": ["filters"],
        "FilterKeywords": ["filter_keywords"],
        "FilterStatuses": ["filter_statuses"],
        "Lists": ["lists"],
        "FollowedHashtags": ["followed_hashtags"],
        "Statuses+Direct": ["statuses"],
        "FollowRequests": ["follow_requests"],
        "Followers": ["f", "followers"],
        "Following": ["f", "following"],
        "Followers+Mutual": ["f"],
        "Followers+Servers": ["f"],
        "HomeTimeline": ["home", "h"],
        "Pins": ["p"],
        "Bookmarks": ["bookmarks"],
        "Blocks": ["blocks"],
        "Mutes": ["mutes"],
        "Notifications": ["notifications"],
        "NotificationPolicies": ["notification_policy"],
        "NotificationRequests": ["r"],
        "MutedThreads": ["m"],
        // The owner takes everything along.
        "ConnectionRows": ["f", "m", "b"],
        "ImportLines+Unnamed": ["following", "m", "mutes", "blocks", "bookmarks"],
    ]
    /// Names that stand for what was already picked, not for tables; and tables that are never long.
    private static let short: Set<String> = [
        "page", "part", "up", "down", "wanted", "w", "CONSTANT", "inbound", "owner", "markers", "reports",
        "domain_blocks", "oauth_apps", "oauth_tokens", "oauth_codes", "idempotency_keys",
        "scheduled_statuses", "import_jobs",
        "push_subscriptions", "s",
    ]

    private func statements() throws -> [(file: String, sql: String)] {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Storage")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter {
                $0.pathExtension == "swift" && !$0.path.contains("Migrations")
            }
        let verbs = ["SELECT ", "WITH ", "UPDATE ", "DELETE ", "INSERT "]
        return try files.flatMap { file in
            let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\"\"\"")
            let long = parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
            let short = parts.indices.filter { $0 % 2 == 0 }.flatMap { part in
                parts[part].split(separator: "\n").flatMap { line in
                    let pieces = line.split(separator: "\"", omittingEmptySubsequences: false)
                    return pieces.indices.filter { $0 % 2 == 1 }.map { String(pieces[$0]) }
                }
            }
            return (long + short).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
                .filter { text in verbs.contains { text.hasPrefix($0) } }
                .map { (file.deletingPathExtension().lastPathComponent, $0.replacing("\\\\", with: "\\")) }
        }
    }

    /// A statement that was read from a file, as if it were written here. Its memory is never given back, because
    /// connections know statements by their address.
    private func literal(_ text: String) throws -> StaticString {
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = bytes.initialize(from: text.utf8)
        let parts = (Int(bitPattern: bytes.baseAddress), bytes.count, UInt8(2))
        try #require(MemoryLayout.size(ofValue: parts) == MemoryLayout<StaticString>.size)
        return unsafeBitCast(parts, to: StaticString.self)
    }

    @Test func `no statement goes through a large table unless it is known to`() throws {
        let store = try TestStore()
        let statements = try statements()
        #expect(statements.count > 150, "are they found at all?")
        for (file, sql) in statements {
            let explain = try literal("EXPLAIN QUERY PLAN " + sql)
            let plan = try store.read { try $0.db.all(explain) { $0.text(3) } }
            for line in plan {
                let words = line.split(separator: " ").filter { $0 != "TABLE" }.map(String.init)
                guard words.count > 1, words[0] == "SCAN", !words.contains("VIRTUAL"),
                    !words[1].hasPrefix("("), !Self.short.contains(words[1])
                else { continue }
                let isAllowed = Self.allowed[file]?.contains(words[1]) ?? false
                #expect(isAllowed, "\(file): \(line) in \(sql)")
            }
        }
    }
}
