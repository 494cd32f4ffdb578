import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct NotificationGroupsTests {
    private let store: TestStore
    private let wish = Notifications.Wish(
        kinds: Set(Notification.Kind.allCases), grouped: [.favourite, .reblog, .follow], now: TestStore.now)

    init() throws {
        store = try TestStore()
    }

    private func groups(_ page: Page, _ wish: Notifications.Wish) throws -> [Notifications.Group] {
        try store.read { snapshot in
            let heads = try Notifications.heads(page, wish, in: snapshot)
            return try Notifications.groups(
                of: heads, downTo: heads.last?.id ?? NotificationID(0), wish, in: snapshot)
        }
    }

    @Test func `a group counts all its members, however many came between`() async throws {
        try await store.write { tx in
            for number: Int64 in 1...3_000 {
                try Notifications.add(
                    .favourite, from: ActorID(number), status: StatusID(1 + number % 2), at: TestStore.now,
                    in: tx)
            }
            try Notifications.add(.follow, from: ActorID(1), status: nil, at: TestStore.now, in: tx)
        }
        let found = try groups(Page(limit: 2), wish)
        #expect(found.map(\.newest.kind) == [.follow, .favourite] && found.map(\.count) == [1, 1_500])
        let next = try groups(Page(maxID: found[1].newest.id.value, limit: 2), wish)
        #expect(next.map(\.newest.status) == [StatusID(2)] && next.map(\.count) == [1_500])
        #expect(try groups(Page(maxID: next[0].newest.id.value, limit: 2), wish).isEmpty)
        #expect(next[0].people == (0..<8).map { ActorID(2_999 - $0 * 2) })
    }

    @Test func `a stretch of the calendar ends a group`() async throws {
        let stretch = Notifications.stretch
        try await store.write { tx in
            for (actor, id) in [(1, stretch), (2, stretch * 2 - 1), (3, stretch * 2)] {
                try tx.db.run(
                    "INSERT INTO notifications (id, kind, actor, status) VALUES (?, 5, ?, 9)", id, actor)
            }
        }
        let found = try groups(Page(limit: 9), wish)
        #expect(found.map(\.people) == [[ActorID(3)], [ActorID(2), ActorID(1)]])
        // The page reaches down to the newest of its last group.
        #expect(found.map(\.oldest.value) == [stretch * 2, stretch * 2 - 1])
    }

    @Test func `the page's oldest member of a group is the oldest above the page's end`() async throws {
        try await store.write { tx in
            for (actor, kind) in [(1, .favourite), (2, .mention), (3, .favourite), (4, .favourite)]
                as [(Int64, Notification.Kind)]
            {
                try Notifications.add(
                    kind, from: ActorID(actor), status: StatusID(9), at: TestStore.now, in: tx)
            }
        }
        let found = try groups(Page(limit: 2), wish)
        #expect(found.map(\.newest.actor.value) == [4, 2])
        #expect(found[0].oldest.value == found[0].newest.id.value - 1 && found[0].count == 3)
    }

    @Test func `silent people, held back ones and other kinds make no group and are in none`() async throws {
        try await store.write { tx in
            for actor: Int64 in 1...4 {
                try Notifications.add(
                    .favourite, from: ActorID(actor), status: StatusID(9), at: TestStore.now, in: tx)
            }
            try Notifications.add(.reblog, from: ActorID(4), status: StatusID(9), at: TestStore.now, in: tx)
            try tx.db.run("UPDATE notifications SET filtered = 1 WHERE actor = 3")
            try Mutes.insert(ActorID(4), notifications: true, until: nil, in: tx)
        }
        let found = try groups(Page(limit: 9), wish)
        #expect(found.map(\.people) == [[ActorID(2), ActorID(1)]] && found.map(\.count) == [2])
        var others = wish
        others.includesFiltered = true
        #expect(try groups(Page(limit: 9), others).map(\.count) == [3])
        others.actor = ActorID(1)
        #expect(try groups(Page(limit: 9), others).map(\.people) == [[ActorID(1)]])
        others.kinds = [.mention]
        #expect(try groups(Page(limit: 9), others).isEmpty)
        others = wish
        others.grouped = []
        #expect(try groups(Page(limit: 9), others).map(\.count) == [1, 1])
    }

    @Test func `upwards the page next to the cursor comes, newest first`() async throws {
        try await store.write { tx in
            for number: Int64 in 1...9 {
                try Notifications.add(
                    .mention, from: ActorID(1), status: StatusID(number), at: TestStore.now, in: tx)
            }
        }
        let all = try groups(Page(limit: 9), wish).map(\.newest)
        let cursor = all[8].id.value
        #expect(try groups(Page(minID: cursor, limit: 2), wish).map(\.newest.id) == [all[6].id, all[7].id])
        #expect(try groups(Page(sinceID: cursor, limit: 2), wish).map(\.newest.id) == [all[0].id, all[1].id])
    }
}
