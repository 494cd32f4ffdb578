import Basics
import SQLite
import Testing

@testable import Storage

/// `max_id`, `since_id` and `min_id`, for each list that has them, against a list in memory.
@Suite struct PagingTests {
    /// A list: how the test fills it, and how a page of it is read, as cursors.
    private struct List: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let isUpward: Bool
        let fill: @Sendable (Transaction, Int) throws -> Void
        let page: @Sendable (Page, Snapshot) throws -> [Int64]
    }

    private static let author = ActorID(1)

    private static let lists = [
        List(testDescription: "home", isUpward: true) { tx, _ in
            try HomeTimeline.add(StatusID(.random(in: 1...1_000_000)), in: tx)
        } page: {
            try HomeTimeline.page($0, in: $1).map(\.value)
        },
        List(testDescription: "profile", isUpward: true) { tx, number in
            _ = try Statuses.insert(.make("\(number)", by: author), id: random(), in: tx)
        } page: {
            try Statuses.page(of: author, $0, filter: ProfileFilter(), in: $1).map(\.value)
        },
        List(testDescription: "public", isUpward: true) { tx, number in
            _ = try Statuses.insert(.make("\(number)", by: author), id: random(), in: tx)
        } page: {
            try Statuses.publicPage($0, localTo: nil, onlyMedia: false, in: $1).map(\.value)
        },
        List(testDescription: "hashtag", isUpward: true) { tx, number in
            let id = try Statuses.insert(.make("\(number)", by: author), id: random(), in: tx)
            try Hashtags.insert("frogs", status: id, in: tx)
        } page: {
            try Hashtags.page("frogs", $0, in: $1).map(\.value)
        },
        List(testDescription: "several hashtags", isUpward: true) { tx, number in
            let id = try Statuses.insert(.make("\(number)", by: author), id: random(), in: tx)
            try Hashtags.insert(number.isMultiple(of: 2) ? "frogs" : "newts", status: id, in: tx)
        } page: {
            try Hashtags.page(["frogs", "newts"], all: [], none: [], $0, in: $1).map(\.value)
        },
        List(testDescription: "direct", isUpward: true) { tx, number in
            let direct = Status.make("\(number)", by: author, at: TestStore.now, .direct)
            _ = try Statuses.insert(direct, id: random(), in: tx)
        } page: {
            try Statuses.directPage($0, in: $1).map(\.value)
        },
        List(testDescription: "list", isUpward: true) { tx, number in
            _ = try ListMembers.insert(author, into: ListID(1), in: tx)
            try Lists.make(ListID(1), in: tx)
            let id = try Statuses.insert(.make("\(number)", by: author), id: random(), in: tx)
            try ListPosts.add(id, by: author, owner: ActorID(2), in: tx)
        } page: {
            try ListPosts.page(of: ListID(1), $0, in: $1).map(\.value)
        },
        List(testDescription: "members of a list", isUpward: false) { tx, number in
            _ = try ListMembers.insert(ActorID(Int64(number)), into: ListID(1), in: tx)
        } page: {
            try ListMembers.page(of: ListID(1), $0, in: $1).map(\.cursor)
        },
        List(testDescription: "followed hashtags", isUpward: false) { tx, number in
            try FollowedHashtags.insert("t\(number)", in: tx)
        } page: {
            try FollowedHashtags.page($0, in: $1).map(\.cursor)
        },
        List(testDescription: "notifications", isUpward: true) { tx, number in
            try Notifications.add(
                .follow, from: author, status: nil, at: TestStore.now + .milliseconds(number * number), in: tx
            )
        } page: { page, snapshot in
            try Notifications.page(page, kinds: Set(Notification.Kind.allCases), actor: nil, in: snapshot)
                .map(\.id.value)
        },
        List(testDescription: "bookmarks", isUpward: true) { tx, number in
            try Bookmarks.insert(StatusID(Int64(number)), in: tx)
        } page: { page, snapshot in
            let rows =
                try page.minID == nil
                ? Bookmarks.page(page, in: snapshot) : Bookmarks.upwardPage(page, in: snapshot)
            return rows.map(\.cursor)
        },
        List(testDescription: "favourites", isUpward: true) { tx, number in
            _ = try Favourites.insert(actor: author, status: StatusID(Int64(number)), uri: "l", in: tx)
        } page: { page, snapshot in
            let rows =
                try page.minID == nil
                ? Favourites.page(of: author, page, in: snapshot)
                : Favourites.upwardPage(of: author, page, in: snapshot)
            return rows.map(\.cursor)
        },
        List(testDescription: "favourited by", isUpward: false) { tx, number in
            _ = try Favourites.insert(actor: ActorID(Int64(number)), status: StatusID(1), uri: "l", in: tx)
        } page: {
            try Favourites.page(by: StatusID(1), $0, in: $1).map(\.cursor)
        },
        List(testDescription: "followers", isUpward: false) { tx, number in
            _ = try Followers.insert(ActorID(Int64(number)), uri: "f", owner: author, in: tx)
        } page: {
            try Followers.page($0, in: $1).map(\.cursor)
        },
        List(testDescription: "following", isUpward: false) { tx, number in
            let actor = ActorID(Int64(number))
            try Following.request(actor, uri: "f\(number)", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(actor, owner: author, in: tx)
        } page: {
            try Following.page($0, in: $1).map(\.cursor)
        },
        List(testDescription: "follow requests", isUpward: false) { tx, number in
            _ = try FollowRequests.insert(ActorID(Int64(number)), uri: "f", in: tx)
        } page: {
            try FollowRequests.page($0, in: $1).map(\.cursor)
        },
        List(testDescription: "blocks", isUpward: false) { tx, number in
            _ = try Blocks.insert(ActorID(Int64(number)), uri: "b", in: tx)
        } page: {
            try Blocks.page($0, in: $1).map(\.cursor)
        },
        List(testDescription: "mutes", isUpward: false) { tx, number in
            try Mutes.insert(ActorID(Int64(number)), notifications: true, until: nil, in: tx)
        } page: {
            try Mutes.page($0, at: TestStore.now, in: $1).map(\.cursor)
        },
        List(testDescription: "boosted by", isUpward: false) { tx, number in
            var boost = Status.make("\(number)", by: author)
            boost.reblogOf = StatusID(1)
            _ = try Statuses.insert(boost, id: random(), in: tx)
        } page: {
            try Boosts.page(of: StatusID(1), $0, in: $1).map(\.cursor)
        },
    ]

    private static func random() -> StatusID { StatusID(.random(in: 1...1_000_000_000)) }

    @Test(arguments: lists)
    private func `a page is what a sorted list says`(list: List) async throws {
        let store = try TestStore()
        try await store.write { tx in
            for number in 2...40 { try list.fill(tx, number) }
        }
        let all = try store.read { try list.page(Page(limit: 1_000), $0) }
        #expect(all.count > 30 && all == all.sorted(by: >), "newest first")
        let edges = all + [0, .max, (all.first ?? 0) + 1, (all.last ?? 0) - 1]
        for _ in 0..<150 {
            var page = Page(limit: .random(in: 1...12))
            if Bool.random() { page.maxID = edges.randomElement() }
            if Bool.random() { page.sinceID = edges.randomElement() }
            if list.isUpward, Bool.random() { page.minID = edges.randomElement() }
            let inside = all.filter { $0 < page.upper && $0 > page.lower }
            let expected =
                page.minID == nil ? Array(inside.prefix(page.limit)) : Array(inside.suffix(page.limit))
            #expect(try store.read { try list.page(page, $0) } == expected, "\(page)")
        }
    }

    @Test(arguments: lists)
    private func `walking through a list either way meets everything once`(list: List) async throws {
        let store = try TestStore()
        try await store.write { tx in
            for number in 2...30 { try list.fill(tx, number) }
        }
        let all = try store.read { try list.page(Page(limit: 1_000), $0) }
        var down: [Int64] = []
        while true {
            let next = try store.read { try list.page(Page(maxID: down.last, limit: 7), $0) }
            if next.isEmpty { break }
            down += next
        }
        #expect(down == all)
        guard list.isUpward else { return }
        var up: [Int64] = []
        while true {
            let next = try store.read { try list.page(Page(minID: up.first ?? 0, limit: 7), $0) }
            if next.isEmpty { break }
            up = next + up
        }
        #expect(up == all)
    }
}

extension Lists {
    /// A list with this id, once.
    fileprivate static func make(_ id: ListID, in tx: Transaction) throws {
        try tx.db.run(
            "INSERT OR IGNORE INTO lists (id, title, replies, exclusive) VALUES (?, 'a', 0, 0)", id)
    }
}
