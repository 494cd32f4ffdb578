import ActivityPub
import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What nobody sends by mistake.
struct BadInputQuirks {
    @Test(arguments: [(1 << 20, HTTP.Status.accepted), (1 << 20 + 1, .contentTooLarge)])
    func `an activity is taken up to a mebibyte`(size: Int, status: HTTP.Status) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            let padding = String(repeating: " ", count: size - follow.utf8.count)
            #expect(try await islet.receive(follow + padding, from: zoe) == status)
            #expect(try islet.followers().isEmpty == (status != .accepted))
        }
    }

    @Test func `a post with ten thousand people, tags and nested elements is kept, cut`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await Quirk.follow(zoe, islet, pond)
            let tags = (0..<5_000).map {
                #"{"type":"Mention","href":"https://h\#($0).example/u","name":"@u"},{"type":"Hashtag","name":"t\#($0)"}"#
            }
            let text = String(repeating: "<b><div>", count: 25_000) + "deep"
            let note = zoe.note(1, text, more: #","tag":[\#(tags.joined(separator: ","))]"#)
            #expect(try await islet.receive(zoe.create(1, note), from: zoe) == .accepted)
            let status = try #require(try islet.status(zoe.noteID(1)))
            #expect(status.content.utf8.count <= 65_536 && !status.content.contains("<div"))
            let list = "[\(status.id)]"
            #expect(try islet.read { try Mentions.of(list, in: $0)[status.id]?.count } == 50)
            #expect(try islet.read { try Hashtags.of(list, in: $0)[status.id]?.count } == 30)
            #expect(zoe.host.asked.isEmpty)
        }
    }

    @Test func `a picture that says it is an actor, or an upload that says it is a post, is neither`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let victim = pond.stranger("victim.example"), eve = pond.stranger("evil.example").resident("eve")
            let id = "https://victim.example/media/1.json"
            for type in ["application/json", "text/plain", "image/png", "application/octet-stream"] {
                victim.serve("/media/1.json", Quirk.actor(id, inbox: "https://victim.example/in"), type: type)
                #expect(await islet.resolver.account(uri: id) == nil)
            }
            // A post on evil's host in the name of somebody on the victim's.
            let note =
                #"{"id":"https://evil.example/1","type":"Note","attributedTo":"https://victim.example/zoe","content":"x","to":["\#(islet.identity.actor)"]}"#
            eve.host.serve("/1", note)
            #expect(try await islet.receive(eve.activity("Create", note), from: eve) == .accepted)
            #expect(await islet.resolver.lookUp("https://evil.example/1") == nil)
            try await pond.settle()
            #expect(try islet.read { try Statuses.count(in: $0) } == 0)
        }
    }

    /// What is asked of a host whose outbox goes on from page to page, when its author's profile is opened.
    private func openProfile(
        _ pond: Pond, next: (Int) -> String, pages: Int
    ) async throws -> (asked: [String], posts: Int) {
        let islet = try await pond.islet()
        let far = pond.stranger("far.example"), bob = far.resident("bob")
        far.serve(
            "/users/bob/outbox",
            #"{"id":"\#(bob.id)/outbox","type":"OrderedCollection","totalItems":-7,"first":"\#(bob.id)/outbox?p=0"}"#
        )
        for page in 0..<pages {
            far.serve(
                "/users/bob/outbox?p=\(page)",
                #"{"type":"OrderedCollectionPage","orderedItems":[\#(bob.create(page, bob.note(page)))],"next":"\#(next(page))"}"#
            )
        }
        let row = try await islet.actors.id(bob.id).get()
        islet.profiles.look(at: row)
        try await pond.settle()
        #expect(try islet.actor(bob.id)?.statusesCount ?? 0 >= 0)
        return (far.asked.filter { $0.contains("?p=") }, try islet.read { try Statuses.count(in: $0) })
    }

    @Test func `an outbox that never ends is left after its pages`() async throws {
        try await Pond.with { pond in
            let result = try await openProfile(
                pond, next: { "https://far.example/users/bob/outbox?p=\($0 + 1)" }, pages: 50)
            #expect(result.asked.count == 3 && result.posts == 3)
        }
    }

    @Test func `an outbox that goes round is left after its pages`() async throws {
        try await Pond.with { pond in
            let result = try await openProfile(
                pond, next: { _ in "https://far.example/users/bob/outbox?p=0" }, pages: 1)
            #expect(result.asked.count <= 3 && result.posts == 1)
        }
    }

    @Test func `an outbox that goes on at another host is left there`() async throws {
        try await Pond.with { pond in
            let victim = pond.stranger("victim.example")
            let result = try await openProfile(
                pond, next: { _ in "https://victim.example/expensive" }, pages: 1)
            #expect(result.posts == 1 && victim.asked.isEmpty)
        }
    }

    @Test(arguments: [
        "https://localhost/users/zoe", "https://[::1]/users/zoe", "https://router/users/zoe",
        "https://me:pw@far.example/users/zoe", "file:///etc/passwd",
    ])
    func `an address that is none of the web's is not asked, whoever names it`(address: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let host = WebURL(address)?.authority ?? "localhost"
            let home = pond.stranger(host)
            home.serve("/users/zoe", Quirk.actor(address, inbox: address))
            #expect(await islet.resolver.account(uri: address) == nil)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await Quirk.follow(zoe, islet, pond)
            _ = try await islet.receive(zoe.activity("Announce", about: address), from: zoe)
            _ = try await islet.receive(
                zoe.activity("Move", about: zoe.id).dropLast() + #","target":"\#(address)"}"#, from: zoe)
            try await pond.settle()
            #expect(home.asked.isEmpty && home.attempts.isEmpty)
        }
    }

    @Test func `a thousand farewells of strangers cost no question and no disk`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            for number in 0..<1_000 {
                let id = "https://far.example/users/\(number)"
                let farewell = #"{"id":"\#(id)#delete","type":"Delete","actor":"\#(id)","object":"\#(id)"}"#
                var request = Request(.post, "/inbox", body: .bytes(Array(farewell.utf8)))
                request.isSecure = true
                #expect(await islet.answer(request).status == .accepted)
            }
            #expect(far.asked.isEmpty)
            for uri in ["https://far.example/users/0", "https://far.example/users/999"] {
                #expect(try islet.actor(uri) == nil)
                #expect(try islet.read { try Tombstones.contains(uri, in: $0) } == false)
                #expect(try islet.read { try SeenActivities.contains("\(uri)#delete", in: $0) } == false)
            }
        }
    }

    @Test(arguments: [
        "far.example", "FAR.example", "far.example:443", "far.example.", "deep.far.example",
        "far.example:8443",
    ])
    func `a blocked domain is blocked however it is spelled`(host: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            try await islet.act { outbox, tx in try outbox.blockDomain("far.example", in: tx) }
            let address = "https://\(host)/users/zoe"
            let authority = WebURL(address)?.authority ?? host
            let far = pond.stranger(authority)
            far.serve("/users/zoe", Quirk.actor(address, inbox: "https://\(host)/in"))
            #expect(await islet.resolver.account(uri: address) == nil)
            #expect(far.asked.isEmpty)
        }
    }

    @Test func `a redirect to a blocked domain is not followed`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let near = pond.stranger("near.example"), far = pond.stranger("far.example")
            try await islet.act { outbox, tx in try outbox.blockDomain("far.example", in: tx) }
            near.redirect("/users/zoe", to: "https://far.example/users/zoe")
            near.redirect(
                "/.well-known/webfinger?resource=\(PercentCoding.encodeQuery("acct:zoe@near.example"))",
                to: "https://far.example/finger")
            #expect(await islet.resolver.account(uri: "https://near.example/users/zoe") == nil)
            #expect(await islet.resolver.account(handle: "zoe@near.example") == nil)
            #expect(far.asked.isEmpty)
        }
    }

    @Test(arguments: ["https://ISLET.example", "https://islet.example:443"])
    func `an address of ours in another spelling makes no post of somebody else`(origin: String) async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await Quirk.follow(zoe, islet, pond)
            let post = try await islet.post("Hi")
            let uri = "\(origin)/users/me/statuses/\(post)"
            #expect(try await islet.receive(zoe.activity("Announce", about: uri), from: zoe) == .accepted)
            let note = zoe.note(1, inReplyTo: uri)
            #expect(try await islet.receive(zoe.create(1, note), from: zoe) == .accepted)
            try await pond.settle()
            #expect(try islet.status(uri) == nil)
            #expect(try islet.read { try Statuses.count(in: $0) } <= 3)
        }
    }

    /// Somebody who was only named in a post, so that nothing but the name is known, closes their account.
    @Test(arguments: [HTTP.Status.gone, .ok])
    func `the farewell of somebody who is only a name here is believed, and costs a question at most`(
        status: HTTP.Status
    ) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = pond.stranger("near.example").resident("yan")
            try await Quirk.follow(zoe, islet, pond)
            let tag = #","tag":{"type":"Mention","href":"\#(yan.id)","name":"@yan@near.example"}"#
            try await islet.receive(zoe.create(1, zoe.note(1, more: tag)), from: zoe)
            #expect(try islet.actor(yan.id) != nil)
            if status == .gone { yan.host.answer("/users/yan", .status(.gone)) }
            #expect(try await islet.receive(yan.activity("Delete", about: yan.id), from: yan) == .accepted)
            #expect(yan.host.asked.count <= 1)
        }
    }
}
