import Basics
import Crypto
import Federation
import HTTP
import TestSupport
import Testing

/// Keys of signatures: where they are, how they are named and written.
struct KeyQuirks {
    /// Ids of keys, and the address and document at which each is found.
    private static let keys: [(keyID: String, path: String, document: String)] = {
        let id = "https://far.example/users/zoe"
        func stub(_ keyID: String) -> String { Quirk.actor(id, keyID: keyID) }
        let bare = "https://far.example/keys/7"
        return [
            ("\(id)#main-key", "/users/zoe", stub("\(id)#main-key")),
            ("\(id)/main-key", "/users/zoe/main-key", stub("\(id)/main-key")),
            ("\(id)/#main-key", "/users/zoe/", stub("\(id)/#main-key")),
            ("\(id)?a=1#main-key", "/users/zoe?a=1", stub("\(id)?a=1#main-key")),
            ("https://far.example#main-key", "/", stub("https://far.example#main-key")),
            (
                bare, "/keys/7",
                #"{"id":"\#(bare)","owner":"\#(id)","publicKeyPem":\#(WrittenJSON.quoted("x"))}"#
            ),
        ]
    }()

    @Test(arguments: keys.indices)
    func `a key is found in all the ways in which it is named`(index: Int) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            let (keyID, path, document) = Self.keys[index]
            let id = "https://far.example/users/zoe"
            far.serve(path, document)
            far.serve("/users/zoe", Quirk.actor(id, keyID: keyID))
            let follow =
                #"{"id":"\#(id)#f","type":"Follow","actor":"\#(id)","object":"\#(islet.identity.actor)"}"#
            let post = QuirkPost(follow, keyID: keyID, at: islet.clock.now())
            #expect(try await Quirk.deliver(post, to: islet) == .accepted, "\(keyID)")
            #expect(try islet.followers() == [id])
        }
    }

    @Test func `a key that its owner does not list is nobody's`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            let bare = "https://far.example/uploads/7"
            far.serve(
                "/uploads/7",
                #"{"id":"\#(bare)","owner":"\#(zoe.id)","publicKeyPem":\#(WrittenJSON.quoted("x"))}"#)
            let post = QuirkPost(
                zoe.activity("Follow", about: islet.identity.actor), keyID: bare, at: islet.clock.now())
            #expect(try await Quirk.deliver(post, to: islet) == .unauthorized)
        }
    }

    private static let spellings: [@Sendable (String) -> String] = [
        { $0 }, { $0.replacing("\n", with: "\r\n") }, { String($0.dropLast()) },
        { $0.replacing("\n", with: "\\n") },
        { "\n" + $0 + "\n\n" },
    ]

    @Test(arguments: spellings.indices)
    func `the text of a key may have any ends of lines`(index: Int) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let pem = TestKeys.common.publicPEM
            zoe.host.serve(
                "/users/zoe",
                zoe.document().replacing(
                    WrittenJSON.quoted(pem), with: WrittenJSON.quoted(Self.spellings[index](pem))))
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            #expect(try await islet.receive(follow, from: zoe) == .accepted)
        }
    }

    @Test func `a key that its owner names by its address only is theirs`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            let (id, key) = ("https://far.example/users/zoe", "https://far.example/keys/7")
            far.serve(
                "/keys/7",
                #"{"id":"\#(key)","owner":"\#(id)","publicKeyPem":\#(WrittenJSON.quoted(TestKeys.common.publicPEM))}"#
            )
            far.serve(
                "/users/zoe",
                #"{"id":"\#(id)","type":"Person","preferredUsername":"zoe","inbox":"\#(id)/in","publicKey":"\#(key)"}"#
            )
            let follow =
                #"{"id":"\#(id)#f","type":"Follow","actor":"\#(id)","object":"\#(islet.identity.actor)"}"#
            let post = QuirkPost(follow, keyID: key, at: islet.clock.now())
            #expect(try await Quirk.deliver(post, to: islet) == .accepted)
        }
    }
}
