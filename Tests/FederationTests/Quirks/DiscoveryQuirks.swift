import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Who is who: names and addresses.
struct DiscoveryQuirks {
    private static let accounts = [
        "https://far.example/?author=1", "https://far.example/ap/users/117", "https://far.example/u/zoe/",
        "https://far.example/", "https://far.example/users/z%C3%B6", "https://far.example/users/zö",
        "https://far.example:443/users/zoe", "https://FAR.example/users/zoe",
    ]

    @Test(arguments: accounts)
    func `an id is kept as it came, and says nothing about the name`(id: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let path = try #require(WebURL(id)).requestTarget
            far.serve(path, Quirk.actor(id))
            Quirk.webFinger(far, "zoe@far.example", actor: id)
            #expect(await islet.resolver.account(handle: "zoe@far.example") != nil)
            #expect(try islet.actor(id)?.acct == "zoe@far.example")
            let follow =
                #"{"id":"\#(id)#f","type":"Follow","actor":"\#(id)","object":"\#(islet.identity.actor)"}"#
            let post = QuirkPost(follow, keyID: id + "#main-key", at: islet.clock.now())
            #expect(try await Quirk.deliver(post, to: islet) == .accepted)
            try await pond.settle()
            #expect(try islet.followers() == [id])
            #expect(far.received.first?.document?["to"]?.ids() == [id])
        }
    }

    @Test func `of two who claim one handle its server says whose it is`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            let (first, second) = ("https://far.example/users/1", "https://far.example/users/2")
            for (path, id) in [("/users/1", first), ("/users/2", second)] {
                far.serve(path, Quirk.actor(id))
                #expect(await islet.resolver.account(uri: id) != nil)
            }
            for truth in [second, first] {
                Quirk.webFinger(far, "zoe@far.example", actor: truth)
                let found = await islet.resolver.account(handle: "zoe@far.example")
                #expect(try islet.actor(truth)?.id == found)
            }
        }
    }

    @Test func `nobody takes a handle of another host`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let evil = pond.stranger("evil.example")
            let id = "https://evil.example/users/zoe"
            evil.serve(
                "/users/zoe",
                Quirk.actor(id, inbox: "https://evil.example/in", more: #","webfinger":"zoe@far.example""#))
            Quirk.webFinger(evil, "zoe@evil.example", actor: id, subject: "zoe@far.example")
            Quirk.webFinger(
                pond.stranger("far.example"), "zoe@far.example", actor: "https://far.example/users/zoe")
            _ = await islet.resolver.account(handle: "zoe@evil.example")
            #expect(try islet.actor(id)?.acct == "zoe@evil.example")
        }
    }

    @Test func `an actor whose inbox is on another host is nobody`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), victim = pond.stranger("victim.example")
            let id = "https://far.example/users/zoe"
            far.serve("/users/zoe", Quirk.actor(id, inbox: "https://victim.example/inbox"))
            #expect(await islet.resolver.account(uri: id) == nil)
            let follow =
                #"{"id":"\#(id)#f","type":"Follow","actor":"\#(id)","object":"\#(islet.identity.actor)"}"#
            let post = QuirkPost(follow, keyID: id + "#main-key", at: islet.clock.now())
            #expect(try await Quirk.deliver(post, to: islet) == .unauthorized)
            try await pond.settle()
            #expect(try islet.followers().isEmpty && victim.attempts.isEmpty)
        }
    }

    @Test(arguments: ["zoe@bücher.example", "zoe@BÜCHER.example", "Zoe@xn--bcher-kva.example"])
    func `a host with letters of its own is one, however it is written`(handle: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("xn--bcher-kva.example").resident("zoe")
            zoe.host.serve("/users/zoe/statuses/1", zoe.note(1))
            let found = await islet.resolver.account(handle: handle)
            #expect(try islet.actor(zoe.id)?.id == found && found != nil)
            #expect(try islet.actor(zoe.id)?.acct == "zoe@xn--bcher-kva.example")
            let post = await islet.resolver.lookUp("https://bücher.example/users/zoe/statuses/1")
            #expect(try islet.status(zoe.noteID(1)).map { Resolved.status($0.id) } == post)
        }
    }

    @Test func `WebFinger that moved to another host is followed, and its subject asked for there`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example"), zoe = pond.stranger("social.far.example").resident("zoe")
            let resource = PercentCoding.encodeQuery("acct:zoe@far.example")
            far.redirect(
                "/.well-known/webfinger?resource=\(resource)",
                to: "https://social.far.example/.well-known/webfinger?resource=\(resource)")
            Quirk.webFinger(zoe.host, "zoe@far.example", actor: zoe.id)
            Quirk.webFinger(zoe.host, zoe.handle, actor: zoe.id, subject: "zoe@far.example")
            #expect(await islet.resolver.account(handle: "zoe@far.example") != nil)
            #expect(try islet.actor(zoe.id)?.acct == "zoe@far.example")
        }
    }

    @Test func `an actor in the open is not asked, and one whose address moved is known by the new one`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            far.redirect("/users/zoe", to: "https://far.example/people/zoe")
            far.serve("/people/zoe", Quirk.actor("https://far.example/people/zoe"))
            #expect(await islet.resolver.account(uri: "http://far.example/users/zoe") == nil)
            #expect(far.asked.isEmpty)
            #expect(await islet.resolver.account(uri: "https://far.example/users/zoe") != nil)
            #expect(try islet.actor("https://far.example/people/zoe") != nil)
            #expect(try islet.actor("https://far.example/users/zoe") == nil)
        }
    }

    @Test func `a profile without an outbox is a profile all the same`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let id = "https://far.example/users/zoe"
            far.serve("/users/zoe", Quirk.actor(id, more: #","name":"Zo\u202Ee""#))
            let row = try #require(await islet.resolver.account(uri: id))
            islet.profiles.look(at: row)
            try await pond.settle()
            #expect(try islet.actor(id)?.name == "Zoe")
            #expect(far.asked == ["/users/zoe"])
        }
    }

    @Test func `the account of a whole server may live at its root`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            far.serve("/", Quirk.actor("https://far.example/", name: "far.example", type: "Application"))
            #expect(await islet.resolver.lookUp("https://far.example/") != nil)
            #expect(try islet.actor("https://far.example/")?.kind == .application)
        }
    }

    @Test func `an actor who writes the letters of their host themselves is known as they write`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let host = pond.stranger("xn--bcher-kva.example")
            let id = "https://bücher.example/users/zoe"
            host.serve("/users/zoe", Quirk.actor(id, inbox: "https://bücher.example/in"))
            let follow =
                #"{"id":"\#(id)#f","type":"Follow","actor":"\#(id)","object":"\#(islet.identity.actor)"}"#
            let post = QuirkPost(follow, keyID: id + "#main-key", at: islet.clock.now())
            #expect(try await Quirk.deliver(post, to: islet) == .accepted)
            #expect(try islet.followers() == [id])
            #expect(try islet.actor(id)?.acct == "zoe@xn--bcher-kva.example")
        }
    }
}
