import Basics
import Federation
import HTTP
import Storage
import Synchronization
import TestSupport
import Testing

/// What comes in and goes onto lists, and home by its hashtags and languages.
struct ListIntakeTests {
    private func list(
        _ islet: Islet, _ people: [ActorID], replies: List.Replies = .list, isExclusive: Bool = false
    ) async throws -> ListID {
        try await islet.act { _, tx in
            let list = List(title: "a", replies: replies, isExclusive: isExclusive)
            let id = try Lists.insert(list, at: Beginning.now, in: tx)
            for actor in people { _ = try ListMembers.insert(actor, into: id, in: tx) }
            return id
        }
    }

    private func shown(on list: ListID, _ islet: Islet) throws -> [String] {
        try islet.read { snapshot in
            try ListPosts.page(of: list, Page(limit: 100), in: snapshot).compactMap { id in
                let status = try Statuses.find(id, in: snapshot)
                return try status?.reblogOf.flatMap { try Statuses.find($0, in: snapshot) }?.uri
                    ?? status?.uri
            }
        }
    }

    @Test func `a post of a member comes onto the list, and of an exclusive list not home`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe"), yan = far.resident("yan")
            let row = try await islet.befriend(zoe)
            try await islet.befriend(yan)
            let open = try await list(islet, [row])
            let secret = try await list(islet, [], isExclusive: true)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            #expect(try shown(on: open, islet) == [zoe.noteID(1)])
            #expect(try islet.home() == [zoe.noteID(1)])
            _ = try await islet.act { _, tx in try ListMembers.insert(row, into: secret, in: tx) }
            for _ in 0..<2 { try await islet.receive(zoe.create(2, zoe.note(2)), from: zoe) }
            try await islet.receive(yan.create(2, yan.note(2)), from: yan)
            #expect(try shown(on: secret, islet) == [zoe.noteID(2)])
            #expect(Set(try shown(on: open, islet)) == [zoe.noteID(2), zoe.noteID(1)])
            #expect(Set(try islet.home()) == [yan.noteID(2), zoe.noteID(1)])
            try await islet.receive(zoe.activity("Announce", about: yan.noteID(2)), from: zoe)
            #expect(try shown(on: secret, islet).contains(yan.noteID(2)))
            #expect(try islet.home().count == 2)
        }
    }

    @Test func `open streams of a list hear of what is new there, once`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let row = try await islet.befriend(zoe)
            let lists = [try await list(islet, [row]), try await list(islet, [row], isExclusive: true)]
            let heard = Mutex<[Event]>([])
            islet.store.events.listen { events in heard.withLock { $0 += events } }
            for _ in 0..<2 { try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe) }
            let id = try #require(try islet.status(zoe.noteID(1))).id
            let told = heard.withLock { $0 }.filter { event in
                switch event {
                case .listed, .home: true
                default: false
                }
            }
            #expect(Set(told) == Set(lists.map { .listed(id, $0) }) && told.count == 2)
        }
    }

    @Test func `what a deletion takes away is on no list any more`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let list = try await list(islet, [try await islet.befriend(zoe)])
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            #expect(try shown(on: list, islet).count == 1)
            try await islet.receive(zoe.activity("Delete", about: zoe.noteID(1)), from: zoe)
            let left = try islet.read { try ListPosts.page(of: list, Page(limit: 9), in: $0) }
            #expect(left.isEmpty)
        }
    }

    @Test func `a boost is no news on a list that shows the post, and none where boosts are not wanted`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe"), yan = far.resident("yan")
            let row = try await islet.befriend(zoe)
            let author = try await islet.befriend(yan)
            let both = try await list(islet, [row, author])
            let one = try await list(islet, [row])
            try await islet.receive(yan.create(1, yan.note(1)), from: yan)
            try await islet.receive(zoe.activity("Announce", about: yan.noteID(1)), from: zoe)
            #expect(try shown(on: both, islet) == [yan.noteID(1)])
            #expect(try shown(on: one, islet) == [yan.noteID(1)])
            try await islet.act { outbox, tx in
                try outbox.follow(row, reblogs: false, notify: false, in: tx)
            }
            try await islet.receive(yan.create(2, yan.note(2)), from: yan)
            try await islet.receive(zoe.activity("Announce", about: yan.noteID(2), number: 2), from: zoe)
            #expect(try shown(on: one, islet) == [yan.noteID(1)])
        }
    }

    @Test func `replies come onto a list as it says`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe"), yan = far.resident("yan")
            let row = try await islet.befriend(zoe)
            let other = try await islet.befriend(yan)
            let none = try await list(islet, [row], replies: .none)
            let followed = try await list(islet, [row], replies: .followed)
            let apart = try await list(islet, [row])
            let together = try await list(islet, [row, other])
            try await islet.receive(yan.create(1, yan.note(1)), from: yan)
            try await islet.receive(zoe.create(1, zoe.note(1, inReplyTo: yan.noteID(1))), from: zoe)
            #expect(try shown(on: none, islet).isEmpty)
            #expect(try shown(on: apart, islet).isEmpty)
            #expect(try shown(on: followed, islet) == [zoe.noteID(1)])
            #expect(Set(try shown(on: together, islet)) == [zoe.noteID(1), yan.noteID(1)])
        }
    }

    @Test func `somebody who moves stays on the lists`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let row = try await islet.befriend(zoe)
            let list = try await list(islet, [row])
            let new = try await islet.befriend(pond.stranger("third.example").resident("zoe"))
            try await islet.act { _, tx in try ListMembers.copy(from: row, to: new, in: tx) }
            try await islet.act { outbox, tx in try outbox.unfollow(row, in: tx) }
            let members = try islet.read { try ListMembers.page(of: list, Page(limit: 9), in: $0) }
            #expect(members.map(\.actor) == [new])
        }
    }

    @Test func `a public post with a followed hashtag comes home whoever wrote it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.act { _, tx in try FollowedHashtags.insert("frogs", in: tx) }
            let tag = ##","tag":[{"type":"Hashtag","name":"#Frogs","href":"https://far.example/t/frogs"}]"##
            let everybody = "https://www.w3.org/ns/activitystreams#Public"
            let me = islet.identity.actor
            let notes = [
                zoe.note(1, cc: [me], more: tag),
                zoe.note(2, cc: [me]),
                zoe.note(3, to: [me], cc: [everybody], more: tag),
                zoe.note(4, to: [me], cc: [], more: tag),
            ]
            for (number, note) in notes.enumerated() {
                try await islet.receive(zoe.create(number + 1, note), from: zoe)
            }
            #expect(try islet.home() == [zoe.noteID(1)])
        }
    }

    @Test func `what is in another language than the owner wants of somebody does not come home`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let row = try await islet.befriend(zoe)
            let list = try await list(islet, [row])
            try await islet.act { _, tx in try Following.setLanguages(["de"], of: row, in: tx) }
            for (number, language) in ["en", "de-CH", nil].enumerated() {
                let map = language.map { #","contentMap":{"\#($0)":"<p>Hello</p>"}"# } ?? ""
                try await islet.receive(zoe.create(number, zoe.note(number, more: map)), from: zoe)
            }
            #expect(Set(try islet.home()) == [zoe.noteID(1), zoe.noteID(2)])
            #expect(Set(try shown(on: list, islet)) == [zoe.noteID(1), zoe.noteID(2)])
        }
    }
}

/// When the lists of these tests are made.
private enum Beginning {
    static let now = Timestamp(milliseconds: 1_767_225_600_000)
}
