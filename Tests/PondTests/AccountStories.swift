import Basics
import Federation
import Storage
import TestSupport
import Testing

/// Profiles that change, move and end, in every weather.
struct AccountStories {
    @Test(arguments: Weather.inOrder)
    func `a changed profile is read again`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            try await way.pond.pass(.minutes(6))
            try await way.send { ann in
                try await ann.store.write { [identity = ann.identity, outbox = ann.outbox] tx in
                    guard var owner = try Actors.find(identity.owner, in: tx) else { return }
                    owner.name = "Ann of the lake"
                    _ = try Actors.save(owner, in: tx)
                    try outbox.updateProfile(in: tx)
                }
            }
            try await way.arrive()
            try await way.pond.pass(.minutes(6))
            #expect(try way.bob.actor(way.ann.identity.actor)?.name == "Ann of the lake")
            #expect(try way.bob.read { try Inbound.count(in: $0) } == 0)
        }
    }

    @Test(arguments: Weather.allCases)
    func `a closed account leaves nothing behind`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let bob = try #require(try way.ann.row(of: way.bob))
            let post = try await way.send { try await $0.post("Farewell", mentions: [bob]) }
            try await way.send { try await $0.act { outbox, tx in try outbox.deleteAccount(in: tx) } }
            try await way.arrive()
            #expect(try way.bob.copy(of: post, from: way.ann) == nil)
            #expect(try way.bob.followers() + way.bob.following() + way.bob.home() == [])
            #expect(try way.bob.notifications().isEmpty)
            let owner = try #require(try way.bob.read { try Actors.find(way.bob.identity.owner, in: $0) })
            #expect(owner.followersCount == 0)
            #expect(owner.followingCount == 0)
        }
    }

    @Test(arguments: Weather.inOrder)
    func `followers follow along when somebody moves`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let cat = try await way.islet("cat.example")
            let old = way.ann.identity.actor
            try await cat.act { outbox, tx in try outbox.setAliases([old], in: tx) }
            let new = try #require(await way.ann.resolver.account(handle: "me@cat.example"))
            try await way.send { try await $0.act { outbox, tx in try outbox.move(to: new, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.following() == [cat.identity.actor])
            #expect(try cat.followers() == [way.bob.identity.actor])
            #expect(try way.ann.followers().isEmpty)
            try await way.pond.pass(.minutes(6))
            #expect(try way.bob.actor(old)?.movedTo == cat.identity.actor)
        }
    }

    /// Zoe's new accounts, those in `aliased` saying that they are hers.
    private func accounts(_ pond: Pond, of zoe: StrangerActor, _ names: [String], aliased: [String])
        -> [StrangerActor]
    {
        names.map { name in
            let actor = pond.stranger("\(name).example").resident("zoe")
            if aliased.contains(name) { actor.publish(with: #""alsoKnownAs":["\#(zoe.id)"],"#) }
            return actor
        }
    }

    private func move(_ zoe: StrangerActor, to actor: StrangerActor, number: Int = 1) -> String {
        zoe.activity("Move", about: zoe.id, number: number).dropLast() + #","target":"\#(actor.id)"}"#
    }

    @Test func `the new account can say it too, if the old one agrees`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await zoe.isFollowed(by: islet)
            let new = accounts(pond, of: zoe, ["new"], aliased: ["new"])[0]
            zoe.publish(with: #""movedTo":"\#(new.id)","#)
            let move = new.activity("Move", about: zoe.id).dropLast() + #","target":"\#(new.id)"}"#
            try await islet.receive(String(move), from: new)
            try await pond.settle()
            #expect(new.host.received.map(\.type) == ["Follow"])
            #expect(zoe.host.received.last?.type == "Undo")
            #expect(try islet.following().isEmpty)
        }
    }

    @Test func `nobody is led to an account that knows nothing of it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await zoe.isFollowed(by: islet)
            let eve = accounts(pond, of: zoe, ["eve"], aliased: [])[0]
            try await islet.receive(move(zoe, to: eve), from: zoe)
            try await pond.settle()
            #expect(try islet.following() == [zoe.id])
            #expect(eve.host.received.isEmpty)
        }
    }

    @Test func `nobody moves somebody else`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await zoe.isFollowed(by: islet)
            let eve = accounts(pond, of: zoe, ["eve"], aliased: ["eve"])[0]
            let forged = eve.activity("Move", about: zoe.id).dropLast() + #","target":"\#(eve.id)"}"#
            try await islet.receive(String(forged), from: eve)
            try await islet.receive(move(zoe, to: eve), from: eve)
            try await pond.settle()
            #expect(try islet.following() == [zoe.id])
        }
    }

    @Test func `a second move within a week is ignored, a later one is not`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let new = accounts(pond, of: zoe, ["one", "two"], aliased: ["one", "two"])
            try await zoe.isFollowed(by: islet)
            try await islet.receive(move(zoe, to: new[0]), from: zoe)
            try await pond.settle()
            #expect(new[0].host.received.map(\.type) == ["Follow"])
            #expect(try islet.following().isEmpty)
            // The owner follows the old account again, which moves once more.
            try await zoe.isFollowed(by: islet)
            try await pond.pass(.days(6))
            try await islet.receive(move(zoe, to: new[1], number: 2), from: zoe)
            try await pond.settle()
            #expect(new[1].host.received.isEmpty)
            #expect(try islet.following() == [zoe.id])
            try await pond.pass(.days(2))
            try await islet.receive(move(zoe, to: new[1], number: 3), from: zoe)
            try await pond.settle()
            #expect(new[1].host.received.map(\.type) == ["Follow"])
        }
    }

    @Test(arguments: Weather.inOrder)
    func `a report reaches the other owner once, in the name of the server`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Rude")
            try await way.pond.settle()
            let copy = try #require(try way.ann.copy(of: post, from: way.bob))
            try await way.send {
                try await $0.act { outbox, tx in
                    try outbox.report(copy.actor, statuses: [copy.id], comment: "That hurts", in: tx)
                }
            }
            try await way.arrive()
            let reports = try way.bob.read { try Reports.newest(10, in: $0) }
            #expect(reports.map(\.content) == ["That hurts"])
            #expect(reports.first?.statuses == [way.bob.identity.status(post)])
            let sender = try #require(reports.first).actor
            #expect(
                try way.bob.read { try Actors.find(sender, in: $0)?.uri } == way.ann.identity.instanceActor)
            #expect(try way.bob.notifications().filter { $0.hasPrefix("report ") }.count == 1)
        }
    }
}
