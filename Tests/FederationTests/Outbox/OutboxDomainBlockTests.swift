import Basics
import Federation
import Storage
import Testing

struct OutboxDomainBlockTests {
    @Test func `a blocked host is left without a word`() async throws {
        let house = try await Household()
        let owner = house.identity.owner
        let hosts = ["bad.example", "sub.bad.example", "bad.example:8443", "notbad.example", "good.example"]
        var people: [ActorID] = []
        for (number, host) in hosts.enumerated() {
            let actor = try await house.neighbour("p\(number)", at: host, follows: true)
            let post = try await house.theirs(actor, "https://\(host)/posts/1")
            try await house.store.write { tx in
                try Following.request(actor, uri: "f\(number)", reblogs: true, notify: false, in: tx)
                _ = try Following.accept(actor, owner: owner, in: tx)
                try HomeTimeline.add(post, in: tx)
                try Notifications.add(.follow, from: actor, status: nil, at: Household.start, in: tx)
            }
            people.append(actor)
        }
        try await house.publish()
        try await house.act { outbox, tx in try outbox.blockDomain("Bad.Example", in: tx) }
        #expect(
            try await house.sent().summary == ["Create good.example/p4", "Create notbad.example/p3"])
        let kept = Set(people.suffix(2))
        let (followers, following, home, told) = try house.read { snapshot in
            (
                try people.filter { try Followers.contains($0, in: snapshot) },
                try people.filter { try Following.contains($0, in: snapshot) },
                try HomeTimeline.page(Page(limit: 10), in: snapshot).count,
                try Notifications.page(Page(limit: 10), kinds: [.follow], actor: nil, in: snapshot).map(
                    \.actor)
            )
        }
        #expect(Set(followers) == kept && Set(following) == kept && Set(told) == kept && home == 2)
        #expect(try house.read { try DomainBlocks.all(in: $0) } == ["bad.example"])
        try await house.act { outbox, tx in try outbox.unblockDomain("bad.example", in: tx) }
        #expect(try house.read { try DomainBlocks.all(in: $0) }.isEmpty)
        #expect(try await house.sent().isEmpty)
    }

    @Test func `the own host is not blocked`() async throws {
        let house = try await Household()
        try await house.act { outbox, tx in try outbox.blockDomain("islet.example", in: tx) }
        #expect(try house.read { try DomainBlocks.all(in: $0) }.isEmpty)
    }
}
