import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// What becomes of posts that wait for a host.
struct WaitingStories {
    private let away = Stranger.Manner.fail(.connectionFailed("refused"))

    /// An islet that somebody at `host` follows.
    private func followed(_ pond: Pond, from host: Stranger, sharesInbox: Bool = true) async throws -> Islet {
        let islet = try await pond.islet()
        try await host.resident("fan", sharesInbox: sharesInbox).follow(islet)
        try await pond.settle()
        host.forget()
        return islet
    }

    private func texts(_ host: Stranger) -> [String?] {
        host.received.map { $0.document?["object"]?["content"]?.string }
    }

    @Test func `an edit of what still waits arrives as one Create with the new text`() async throws {
        try await Pond.with { pond in
            let far = pond.stranger("far.example")
            let islet = try await followed(pond, from: far)
            far.answerDeliveries(away)
            let post = try await islet.post("Mornin")
            try await pond.pass(.seconds(10))
            try await islet.edit(post, "Morning")
            try await pond.pass(.seconds(10))
            try await islet.edit(post, "Good morning")
            try await pond.settle()
            far.answerDeliveries(.status(.accepted))
            try await pond.pass(.hours(1))
            #expect(far.received.map(\.type) == ["Create"])
            #expect(texts(far) == ["<p>Good morning</p>"])
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    @Test func `what is deleted while it waits is never sent`() async throws {
        try await Pond.with { pond in
            let far = pond.stranger("far.example"), near = pond.stranger("near.example")
            let islet = try await followed(pond, from: far)
            try await near.resident("fan").follow(islet)
            try await pond.settle()
            near.forget()
            far.answerDeliveries(away)
            let post = try await islet.post("Oops")
            try await pond.pass(.seconds(10))
            try await islet.edit(post, "Ooops")
            try await islet.act { outbox, tx in try outbox.delete(post, in: tx) }
            far.answerDeliveries(.status(.accepted))
            try await pond.pass(.hours(1))
            #expect(far.received.map(\.type) == [])
            #expect(near.received.map(\.type).first == "Create")
            #expect(near.received.map(\.type).last == "Delete")
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    /// Nobody knows then what was under way, so that nothing may be left out; but nothing old is told either.
    @Test func `what waited when the power failed ends as it should`() async throws {
        try await Pond.with { pond in
            let far = pond.stranger("far.example")
            var islet = try await followed(pond, from: far)
            far.answerDeliveries(away)
            let kept = try await islet.post("Mornin"), dropped = try await islet.post("Oops")
            try await pond.pass(.seconds(10))
            try await islet.edit(kept, "Morning")
            try await islet.act { outbox, tx in try outbox.delete(dropped, in: tx) }
            try await pond.settle()
            islet = try await pond.powerCut(islet)
            far.answerDeliveries(.status(.accepted))
            try await pond.pass(.hours(1))
            let about = { (id: String) in
                far.received.filter { $0.document?["object"]?["id"]?.string == id }
            }
            let first = about(islet.identity.status(kept))
            #expect(first.first?.type == "Create")
            #expect(Set(first.map { $0.document?["object"]?["content"]?.string }) == ["<p>Morning</p>"])
            let second = about(islet.identity.status(dropped)).map(\.type)
            #expect(second.isEmpty || second.last == "Delete")
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    @Test func `what may have arrived is deleted with a Delete`() async throws {
        try await Pond.with { pond in
            let far = pond.stranger("far.example")
            let islet = try await followed(pond, from: far)
            far.answerDeliveries(.fail(.timedOut))
            let post = try await islet.post("Oops")
            try await pond.pass(.seconds(10))
            try await islet.act { outbox, tx in try outbox.delete(post, in: tx) }
            far.answerDeliveries(.status(.accepted))
            try await pond.pass(.hours(1))
            #expect(far.received.last?.type == "Delete")
        }
    }

    @Test func `a like that was taken back while it waited is never sent`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            try await zoe.isFollowed(by: islet)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            try await pond.settle()
            far.forget()
            far.answerDeliveries(away)
            let note = try #require(try islet.status(zoe.noteID(1))).id
            try await islet.act { outbox, tx in try outbox.favourite(note, in: tx) }
            try await pond.settle()
            try await islet.act { outbox, tx in try outbox.unfavourite(note, in: tx) }
            far.answerDeliveries(.status(.accepted))
            try await pond.pass(.hours(1))
            #expect(far.received.isEmpty)
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    @Test func `people who are named get it first`() async throws {
        var limits = DeliveryWorker.Limits()
        limits.inAll = 1
        limits.slow = 0
        try await Pond.with(limits: limits) { pond in
            let islet = try await pond.islet()
            let hosts = ["a.example", "m.example", "z.example"].map { pond.stranger($0) }
            for host in hosts { try await host.resident("fan").follow(islet) }
            try await pond.settle()
            for host in hosts { host.forget() }
            let gates = hosts.map { _ in Gate() }
            for (host, gate) in zip(hosts, gates) { host.answerDeliveries(.hang(gate)) }
            let named = try #require(try islet.actor("https://z.example/users/fan")).id
            try await islet.post("Hello", mentions: [named])
            try await pond.settle()
            gates[2].open()
            try await pond.settle()
            #expect(hosts.map(\.attempts.count) == [0, 0, 1])
            for gate in gates { gate.open() }
        }
    }

    @Test func `an inbox that is gone takes its follower along`() async throws {
        try await Pond.with { pond in
            let far = pond.stranger("far.example")
            let islet = try await followed(pond, from: far, sharesInbox: false)
            let other = far.resident("other", sharesInbox: false)
            try await other.follow(islet)
            try await pond.settle()
            far.answerDeliveries(.status(.gone))
            let bye = try #require(try islet.actor("https://far.example/users/fan")).id
            try await islet.post("You", visibility: .direct, mentions: [bye])
            try await pond.settle()
            #expect(try islet.followers() == [other.id])
            let owner = try #require(try islet.read { try Actors.find(islet.identity.owner, in: $0) })
            #expect(owner.followersCount == 1)
            far.answerDeliveries(.status(.accepted))
            far.forget()
            try await islet.post("All")
            try await pond.settle()
            #expect(far.received.map(\.path) == ["/users/other/inbox"])
        }
    }

    @Test func `a host whose shared inbox is gone is left alone until it shows a sign of life`() async throws
    {
        try await Pond.with { pond in
            let far = pond.stranger("far.example")
            let islet = try await followed(pond, from: far)
            far.answerDeliveries(.status(.gone))
            try await islet.post("One")
            try await pond.settle()
            far.answerDeliveries(.status(.accepted))
            far.forget()
            try await islet.post("Two")
            try await pond.pass(.days(3))
            #expect(far.attempts.isEmpty)
            let fan = far.resident("fan")
            try await islet.receive(fan.activity("Like", about: "https://x.example/1"), from: fan)
            try await islet.post("Three")
            try await pond.pass(.hours(1))
            #expect(texts(far).last == "<p>Three</p>")
        }
    }

    @Test func `a host that says at once does not make anything spin`() async throws {
        try await Pond.with { pond in
            let far = pond.stranger("far.example")
            let islet = try await followed(pond, from: far)
            for status in [Status.tooManyRequests, .serviceUnavailable] {
                far.forget()
                far.answerDeliveries(.status(status, ["Retry-After": "0"]))
                try await islet.post("Hello")
                try await pond.pass(.seconds(40))
                #expect(far.attempts.count == 1)
                try await pond.pass(.minutes(20))
                #expect(far.attempts.count <= 4)
                far.answerDeliveries(.status(.accepted))
                try await pond.pass(.hours(7))
                #expect(try islet.waitingDeliveries() == 0)
            }
        }
    }

    @Test func `whoever can see who has a post sees it`() async throws {
        try await Pond.with { pond in
            let hosts = ["a.example", "b.example", "c.example"].map { pond.stranger($0) }
            let islet = try await pond.islet()
            for host in hosts { try await host.resident("fan").follow(islet) }
            try await pond.settle()
            hosts[1].answerDeliveries(away)
            hosts[2].answerDeliveries(.status(.forbidden))
            let post = try await islet.post("Hello")
            try await pond.settle()
            let account = try islet.read { try Arrivals.of(post, in: $0) }
            #expect(account.has == 1)
            #expect(account.waiting == 1)
            #expect(account.refused.map(\.host) == ["c.example"])
            #expect(account.refused.map(\.reason) == ["HTTP 403"])
        }
    }
}
