import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Quotes with the leave of whoever is quoted, in every weather. FEP-044f.
struct QuoteStories {
    @Test(arguments: Weather.allCases)
    func `whoever lets everybody quote is quoted at once`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Well said", quotedBy: .everybody)
            try await way.pond.settle()
            let quoted = try #require(try way.ann.copy(of: post, from: way.bob)).id
            let quoting = try await way.send { try await $0.quote(quoted, "This!") }
            try await way.arrive()
            let quote = try #require(try way.ann.read { try Quotes.find(quoting, in: $0) })
            #expect(quote.state == .accepted)
            #expect(quote.authorization?.hasPrefix("https://bob.example/") == true)
            let copy = try #require(try way.bob.copy(of: quoting, from: way.ann))
            #expect(try way.bob.quoteState(copy.id) == .accepted)
            #expect(try way.bob.read { try Quotes.counts(of: "[\(post)]", in: $0) } == [post: 1])
            #expect(try way.bob.notifications() == ["follow me@ann.example", "quote me@ann.example"])
            #expect(try way.bob.read { try StatusEdits.of(copy.id, in: $0) }.isEmpty)
        }
    }

    @Test(arguments: Weather.inOrder)
    func `a third server checks the stamp before it shows the quote`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let cat = try await way.islet("cat.example")
            try await cat.follow("me@ann.example")
            try await way.carry()
            let post = try await way.bob.post("Well said")
            try await way.pond.settle()
            let quoted = try #require(try way.ann.copy(of: post, from: way.bob)).id
            let quoting = try await way.send { try await $0.quote(quoted, "This!") }
            try await way.arrive()
            let copy = try #require(try cat.copy(of: quoting, from: way.ann)).id
            #expect(try cat.quoteState(copy) == .accepted)
            #expect(try cat.copy(of: post, from: way.bob)?.content == "<p>Well said</p>")
        }
    }

    @Test(arguments: Weather.allCases)
    func `whoever wants to be asked is asked, and says yes`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Well said", quotedBy: [], whenAsked: .everybody)
            try await way.pond.settle()
            let quoted = try #require(try way.ann.copy(of: post, from: way.bob)).id
            let quoting = try await way.send { try await $0.quote(quoted, "This!") }
            try await way.arrive()
            #expect(try way.ann.quoteState(quoting) == .pending)
            #expect(try way.bob.notifications() == ["follow me@ann.example", "quote me@ann.example"])
            let wish = try #require(try stamp(at: way.bob, of: post, for: quoting, by: way.ann))
            #expect(wish.state == .pending)
            try await way.bob.act { outbox, tx in try outbox.decideQuote(wish.id, approve: true, in: tx) }
            try await way.carry()
            try await way.arrive()
            #expect(try way.ann.quoteState(quoting) == .accepted)
            let copy = try #require(try way.bob.copy(of: quoting, from: way.ann)).id
            #expect(try way.bob.quoteState(copy) == .accepted)
        }
    }

    @Test(arguments: Weather.inOrder)
    func `whoever wants to be asked can say no`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Well said", quotedBy: [], whenAsked: .everybody)
            try await way.pond.settle()
            let quoted = try #require(try way.ann.copy(of: post, from: way.bob)).id
            let quoting = try await way.send { try await $0.quote(quoted, "This!") }
            let wish = try #require(try stamp(at: way.bob, of: post, for: quoting, by: way.ann))
            try await way.bob.act { outbox, tx in try outbox.decideQuote(wish.id, approve: false, in: tx) }
            try await way.carry()
            try await way.arrive()
            #expect(try way.ann.quoteState(quoting) == .rejected)
        }
    }

    @Test(arguments: Weather.inOrder)
    func `whoever lets nobody quote is not quoted`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Not for you", quotedBy: [])
            try await way.pond.settle()
            let quoted = try #require(try way.ann.copy(of: post, from: way.bob)).id
            let quoting = try await way.send { try await $0.quote(quoted, "This!") }
            try await way.arrive()
            #expect(try way.ann.quoteState(quoting) == .rejected)
            let copy = try #require(try way.bob.copy(of: quoting, from: way.ann)).id
            #expect(try way.bob.quoteState(copy) != .accepted)
            #expect(try way.bob.notifications() == ["follow me@ann.example"])
        }
    }

    /// Ann is quoted here, so that the weather has her answers: yes, and then no longer.
    @Test(arguments: Weather.allCases)
    func `leave to quote can be taken back`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let cat = try await way.islet("cat.example")
            try await cat.follow("me@bob.example")
            let post = try await way.ann.post("Well said")
            let quoted = try await way.bob.objects.status(way.ann.identity.status(post))
            let quoting = try await way.bob.quote(quoted, "This!")
            try await way.carry()
            if weather != .reversed {
                #expect(try way.bob.quoteState(quoting) == .accepted)
                let copy = try #require(try cat.copy(of: quoting, from: way.bob)).id
                #expect(try cat.quoteState(copy) == .accepted)
            }
            let copy = try #require(try way.ann.copy(of: quoting, from: way.bob)).id
            try await way.send { try await $0.act { outbox, tx in try outbox.revokeQuote(by: copy, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.quoteState(quoting) == .revoked)
            #expect(try way.ann.quoteState(copy) == .revoked)
            let wish = try #require(try stamp(at: way.ann, of: post, for: quoting, by: way.bob))
            let address = try #require(WebURL(way.ann.identity.quoteAuthorization(wish.id)))
            #expect(try await way.ann.answer(OutboundRequest(url: address), fields: Fields()).status == .gone)
        }
    }

    @Test func `a quote whose stamp names another post is not shown`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe"), yan = pond.stranger("yan.example").resident("yan")
            try await zoe.isFollowed(by: islet)
            yan.host.serve("/users/yan/statuses/1", yan.note(1, "Quoted"))
            for (number, quoting) in [(1, zoe.noteID(1)), (2, zoe.noteID(1))] {
                let stamp = """
                    {"@context":"https://www.w3.org/ns/activitystreams","id":"\(yan.id)/stamps/\(number)",
                     "type":"QuoteAuthorization","attributedTo":"\(yan.id)","interactingObject":"\(quoting)",
                     "interactionTarget":"\(yan.noteID(1))"}
                    """
                yan.host.serve("/users/yan/stamps/\(number)", stamp)
                let note = zoe.note(
                    number, "Look",
                    more: #","quote":"\#(yan.noteID(1))","quoteAuthorization":"\#(yan.id)/stamps/\#(number)""#
                )
                try await islet.receive(zoe.create(number, note), from: zoe)
            }
            try await pond.settle()
            let states = try (1...2).map {
                try islet.quoteState(try #require(try islet.status(zoe.noteID($0))).id)
            }
            #expect(states == [.accepted, .rejected])
        }
    }

    /// What was decided at an islet about a post of somebody that quotes one of its own.
    private func stamp(
        at islet: Islet, of post: StatusID, for quoting: StatusID, by other: Islet
    ) throws -> QuoteAuthorization? {
        try islet.read {
            try QuoteAuthorizations.find(
                status: post, interacting: other.identity.status(quoting), in: $0)
        }
    }
}
