import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct ResolverTests {
    @Test(arguments: [
        "zoe@far.example", "@zoe@far.example", "acct:zoe@far.example", "zoe@FAR.example",
        "ACCT:@zoe@far.example",
        "https://far.example/users/zoe",
    ])
    func `somebody is found however they are written`(query: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let found = await islet.resolver.lookUp(query)
            let row = try #require(try islet.actor(zoe.id)).id
            #expect(found == .account(row))
        }
    }

    @Test func `a name is asked for in the case that was typed, and known in any`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            // Its server answers to this spelling only.
            _ = pond.stranger("far.example").resident("Zoe")
            #expect(await islet.resolver.account(handle: "zoe@far.example") == nil)
            let zoe = await islet.resolver.account(handle: "@Zoe@far.example")
            #expect(zoe != nil)
            #expect(await islet.resolver.account(handle: "zoe@far.example") == zoe)
        }
    }

    @Test(arguments: [
        "", "@", "@@", "zoe", "zoe@", "@far.example", "zoe@far.example/x", "zoe@nobody.example",
        "nobody@far.example",
        "https://far.example/nothing", "https://", "zoe@far example@",
    ])
    func `nobody is found by nonsense`(query: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            _ = pond.stranger("far.example").resident("zoe")
            #expect(await islet.resolver.lookUp(query) == nil)
        }
    }

    @Test func `who is known is not asked for again`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            for _ in 0..<3 { #expect(await islet.resolver.account(handle: zoe.handle) != nil) }
            #expect(zoe.host.asked.count == 2)
        }
    }

    @Test(arguments: [
        "me", "@me", "ME@islet.example", "me@social.example", "https://social.example/users/me",
        "https://social.example/@me",
    ])
    func `the owner is known by every name`(query: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(
                "social.example", accountDomain: "islet.example", isRunning: false)
            #expect(await islet.resolver.lookUp(query) == .account(islet.identity.owner))
        }
    }

    @Test func `own posts are found by id and by page, and only when they are there`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let post = try await islet.post("Hi")
            for address in [islet.identity.status(post), islet.identity.statusPage(post)] {
                #expect(await islet.resolver.lookUp(address) == .status(post))
            }
            #expect(await islet.resolver.lookUp("https://islet.example/@me/1") == nil)
            #expect(await islet.resolver.lookUp("https://islet.example/about") == nil)
        }
    }

    @Test func `somebody else's post is fetched with its author`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            zoe.host.serve("/users/zoe/statuses/1", zoe.note(1))
            let found = await islet.resolver.lookUp(zoe.noteID(1))
            let status = try #require(try islet.status(zoe.noteID(1)))
            #expect(found == .status(status.id))
            #expect(try islet.actor(zoe.id)?.id == status.actor)
            #expect(try islet.home().isEmpty)
        }
    }

    /// `zoe@far.example`, who lives at `www.far.example`.
    private func splitDomain(_ pond: Pond, isConfirmed: Bool) -> StrangerActor {
        let zoe = pond.stranger("www.far.example").resident("zoe")
        zoe.host.serve(
            "/.well-known/webfinger?resource=\(PercentCoding.encodeQuery("acct:zoe@www.far.example"))",
            WrittenJSON.webFinger(subject: "acct:zoe@far.example", actor: zoe.id),
            type: "application/jrd+json")
        let actor = isConfirmed ? zoe.id : "https://far.example/users/another"
        pond.stranger("far.example").serve(
            "/.well-known/webfinger?resource=\(PercentCoding.encodeQuery("acct:zoe@far.example"))",
            WrittenJSON.webFinger(subject: "acct:zoe@far.example", actor: actor), type: "application/jrd+json"
        )
        return zoe
    }

    @Test func `a split domain is shown when its own host confirms it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = splitDomain(pond, isConfirmed: true)
            #expect(await islet.resolver.account(handle: "zoe@www.far.example") != nil)
            #expect(try islet.actor(zoe.id)?.acct == "zoe@far.example")
            #expect(await islet.resolver.account(handle: "zoe@far.example") != nil)
        }
    }

    @Test func `a split domain that another host claims is not shown`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = splitDomain(pond, isConfirmed: false)
            #expect(await islet.resolver.account(handle: "zoe@www.far.example") != nil)
            #expect(try islet.actor(zoe.id)?.acct == "zoe@www.far.example")
        }
    }

    @Test func `host-meta is the second way`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            let resource = PercentCoding.encodeQuery("acct:zoe@far.example")
            far.withdraw("/.well-known/webfinger?resource=\(resource)")
            far.serve(
                "/.well-known/host-meta",
                #"<XRD><Link rel="lrdd" template="https://far.example/find?who={uri}"/></XRD>"#,
                type: "application/xrd+xml")
            far.serve(
                "/find?who=\(resource)",
                WrittenJSON.webFinger(subject: "acct:zoe@far.example", actor: zoe.id),
                type: "application/jrd+json")
            #expect(await islet.resolver.account(handle: "zoe@far.example") != nil)
        }
    }
}
