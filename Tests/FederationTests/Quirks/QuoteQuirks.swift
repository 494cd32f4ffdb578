import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Quotes and the leave for them, from delivery to what is shown.
struct QuoteQuirks {
    private struct Scene {
        let islet: Islet
        let zoe: StrangerActor
        let yan: StrangerActor
        let stamp: String

        func state() throws -> Quote.State? {
            try islet.read { snapshot in
                try Statuses.id(forURI: zoe.noteID(1), in: snapshot).flatMap {
                    try Quotes.find($0, in: snapshot)?.state
                }
            }
        }
    }

    /// Zoe, who is followed, quotes Yan with the stamp that is served.
    private func quote(
        _ pond: Pond, stampHost: String = "near.example", interacting: String? = nil
    ) async throws -> Scene {
        let islet = try await pond.islet()
        let zoe = pond.stranger("far.example").resident("zoe")
        let near = pond.stranger("near.example")
        let yan = near.resident("yan")
        let other = stampHost == "near.example" ? near : pond.stranger(stampHost)
        near.serve("/users/yan/statuses/7", yan.note(7))
        let stamp = "https://\(stampHost)/stamps/1"
        other.serve(
            "/stamps/1",
            #"{"id":"\#(stamp)","type":"QuoteAuthorization","attributedTo":"\#(yan.id)","interactingObject":"\#(interacting ?? zoe.noteID(1))","interactionTarget":"\#(yan.noteID(7))"}"#
        )
        try await Quirk.follow(zoe, islet, pond)
        let note = zoe.note(
            1, more: #","quote":"\#(yan.noteID(7))","quoteAuthorization":"\#(stamp)""#)
        try await islet.receive(zoe.create(1, note), from: zoe)
        try await pond.settle()
        return Scene(islet: islet, zoe: zoe, yan: yan, stamp: stamp)
    }

    @Test func `a quote with the stamp of its author is shown until they take the stamp back`() async throws {
        try await Pond.with { pond in
            let scene = try await quote(pond)
            #expect(try scene.state() == .accepted)
            // Somebody else cannot.
            let eve = pond.stranger("evil.example").resident("eve")
            try await scene.islet.receive(eve.activity("Delete", about: scene.stamp), from: eve)
            #expect(try scene.state() == .accepted)
            let delete = scene.yan.activity("Delete", about: scene.stamp)
            #expect(try await scene.islet.receive(delete, from: scene.yan) == .accepted)
            #expect(try scene.state() == .revoked)
        }
    }

    @Test func `a stamp for another post, or from another host than the author's, lets nothing pass`()
        async throws
    {
        try await Pond.with { pond in
            let scene = try await quote(pond, interacting: "https://far.example/else")
            #expect(try scene.state() == .rejected)
        }
        try await Pond.with { pond in
            let scene = try await quote(pond, stampHost: "evil.example")
            #expect(try scene.state() != .accepted)
        }
    }

    @Test func `whoever quotes the owner without asking is not shown to`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let note = zoe.note(
                1, to: [islet.identity.actor], more: #","quote":"\#(islet.identity.status(post))""#)
            try await islet.receive(zoe.create(1, note), from: zoe)
            try await pond.settle()
            let row = try #require(try islet.status(zoe.noteID(1)))
            #expect(try islet.read { try Quotes.find(row.id, in: $0) }?.state == .pending)
        }
    }

    @Test func `asking to quote an open post of the owner's brings a stamp that anybody can read`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let request =
                zoe.activity("QuoteRequest", about: islet.identity.status(post)).dropLast()
                + #","instrument":"\#(zoe.noteID(1))"}"#
            for _ in 0..<2 {
                #expect(try await islet.receive(String(request), from: zoe) == .accepted)
                try await pond.settle()
            }
            let answers = zoe.host.received
            #expect(Set(answers.map(\.type)) == ["Accept"])
            let stamp = try #require(answers.first?.document?["result"]?.string)
            let document = try await pond.islet("reader.example").fetcher.document(stamp)
            let read = try #require(QuoteAuthorizationDocument(document))
            #expect(read.interactingObject == zoe.noteID(1) && read.attributedTo == islet.identity.actor)
        }
    }

    @Test func `the old fields of a quote are read, and shown as a link`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            far.serve("/users/zoe/statuses/7", zoe.note(7))
            let yan = pond.stranger("near.example").resident("yan")
            try await Quirk.follow(zoe, islet, pond)
            for (number, field) in ["_misskey_quote", "quoteUrl", "quoteUri"].enumerated() {
                let note = zoe.note(number + 1, more: #","\#(field)":"\#(yan.noteID(7))""#)
                try await islet.receive(zoe.create(number + 1, note), from: zoe)
                try await pond.settle()
                let row = try #require(try islet.status(zoe.noteID(number + 1)))
                #expect(try islet.read { try Quotes.find(row.id, in: $0) }?.state == .unstated, "\(field)")
            }
        }
    }
}
