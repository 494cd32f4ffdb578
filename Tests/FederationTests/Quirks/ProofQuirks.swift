import ActivityPub
import Basics
import Crypto
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Activities that others pass on with a proof of their actor.
struct ProofQuirks {
    private static let seed = [UInt8](repeating: 7, count: 32)

    /// Zoe, who is followed and lists a key for proofs, and an answer of hers that is nowhere to be fetched, brought by
    /// Bob.
    ///
    /// - Parameter change: made to the document after it was proved.
    private func forward(
        _ pond: Pond, listsKey: Bool = true, change: (String) -> String = { $0 }
    ) async throws -> (islet: Islet, zoe: StrangerActor) {
        let islet = try await pond.islet()
        let far = pond.stranger("far.example"), zoe = far.resident("zoe")
        let bob = pond.stranger("near.example").resident("bob")
        let key = try Ed25519PrivateKey(seed: Self.seed)
        let keyID = "\(zoe.id)#proof"
        if listsKey {
            let method =
                #""assertionMethod":{"id":"\#(keyID)","type":"Multikey","controller":"\#(zoe.id)","publicKeyMultibase":"\#(Multikey.encode(ed25519: key.rawPublicKey))"}"#
            far.serve("/users/zoe", zoe.document().replacing(#""outbox""#, with: method + #","outbox""#))
        }
        try await Quirk.follow(zoe, islet, pond)
        let create =
            #"{"@context":"https://www.w3.org/ns/activitystreams",\#(zoe.create(1, zoe.note(1)).dropFirst())"#
        let proved = try IntegrityProof.sign(
            Array(create.utf8), key: key, keyID: keyID, created: islet.clock.now().seconds)
        let body = change(String(decoding: proved, as: UTF8.self))
        #expect(try await islet.receive(body, from: bob) == .accepted)
        try await pond.settle()
        return (islet, zoe)
    }

    @Test func `what its actor proves is taken from whoever brings it, without asking`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await forward(pond)
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>Hello</p>")
            #expect(zoe.host.asked.isEmpty)
        }
    }

    @Test func `a proof of something else, or with a key that the actor does not list, is none`() async throws
    {
        try await Pond.with { pond in
            let (islet, zoe) = try await forward(pond) { $0.replacing("Hello", with: "A lie") }
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
        try await Pond.with { pond in
            let (islet, zoe) = try await forward(pond, listsKey: false)
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }
}
