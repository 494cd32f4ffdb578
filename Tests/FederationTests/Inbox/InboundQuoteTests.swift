import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Requests to quote, their answers, and the stamps.
struct InboundQuoteTests {
    /// An islet whose owner quotes a post of somebody's and has asked.
    private func asking(_ pond: Pond) async throws -> (Islet, StrangerActor, StatusID, request: String) {
        let islet = try await pond.islet()
        let zoe = pond.stranger("far.example").resident("zoe")
        try await islet.receive(zoe.create(1, zoe.note(1, to: [islet.identity.actor])), from: zoe)
        let quoted = try #require(try islet.status(zoe.noteID(1))).id
        let request = "\(islet.identity.origin)/activities/77"
        let post = try await islet.post("Look")
        try await islet.act { _, tx in
            var quote = Quote(
                status: post, quoted: quoted, quotedURI: zoe.noteID(1), state: .pending,
                checkedAt: ManualClock.start)
            quote.request = request
            try Quotes.save(quote, in: tx)
        }
        return (islet, zoe, post, request)
    }

    private func answer(_ type: String, _ object: String, by zoe: StrangerActor, number: Int = 1) -> String {
        #"{"id":"\#(zoe.id)#\#(type)/\#(number)","type":"\#(type)","actor":"\#(zoe.id)","object":\#(object),"result":"\#(zoe.host.origin)/stamps/1"}"#
    }

    @Test(arguments: [false, true]) func `a yes brings the stamp, a later no ends it`(isWhole: Bool)
        async throws
    {
        try await Pond.with { pond in
            let (islet, zoe, post, request) = try await asking(pond)
            let object =
                isWhole
                ? #"{"type":"QuoteRequest","actor":"\#(islet.identity.actor)","instrument":"\#(islet.uri(post))","object":"\#(zoe.noteID(1))"}"#
                : "\"\(request)\""
            #expect(try await islet.receive(answer("Accept", object, by: zoe), from: zoe) == .accepted)
            var quote = try #require(try islet.quote(islet.uri(post)))
            #expect(quote.state == .accepted)
            #expect(quote.authorization == "\(zoe.host.origin)/stamps/1")
            try await islet.receive(answer("Reject", object, by: zoe), from: zoe)
            // A late copy of the yes changes nothing.
            try await islet.receive(answer("Accept", object, by: zoe, number: 2), from: zoe)
            quote = try #require(try islet.quote(islet.uri(post)))
            #expect(quote.state == .revoked)
            #expect(quote.authorization == nil)
        }
    }

    @Test func `nobody answers for the author, and no stamp of another server counts`() async throws {
        try await Pond.with { pond in
            let (islet, zoe, post, request) = try await asking(pond)
            let yan = zoe.host.resident("yan")
            try await islet.receive(answer("Accept", "\"\(request)\"", by: yan), from: yan)
            let foreign = answer("Accept", "\"\(request)\"", by: zoe).replacing(
                "far.example/stamps", with: "evil.example/stamps")
            try await islet.receive(foreign, from: zoe)
            #expect(try islet.quote(islet.uri(post))?.state == .pending)
        }
    }

    @Test func `a stamp that is deleted ends the quote`() async throws {
        try await Pond.with { pond in
            let (islet, zoe, post, request) = try await asking(pond)
            try await islet.receive(answer("Accept", "\"\(request)\"", by: zoe), from: zoe)
            let yan = zoe.host.resident("yan")
            let stamp = "\(zoe.host.origin)/stamps/1"
            _ = await islet.resolver.account(uri: yan.id)
            try await islet.receive(yan.activity("Delete", about: stamp), from: yan)
            #expect(try islet.quote(islet.uri(post))?.state == .accepted)
            try await islet.receive(zoe.activity("Delete", about: stamp), from: zoe)
            #expect(try islet.quote(islet.uri(post))?.state == .revoked)
        }
    }

    @Test func `who asks to quote an open post of the owner's gets a stamp, each time the same`() async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let open = try await islet.post("Hi")
            let secret = try await islet.post("Psst", visibility: .direct)
            for (number, post) in [open, open, secret].enumerated() {
                try await islet.receive(
                    #"{"id":"\#(zoe.id)#q/\#(number)","type":"QuoteRequest","actor":"\#(zoe.id)","object":"\#(islet.uri(post))","instrument":"\#(zoe.noteID(1))"}"#,
                    from: zoe)
                try await pond.settle()
            }
            let answers = zoe.host.received
            #expect(answers.map(\.type) == ["Accept", "Accept"])
            let stamps = Set(answers.map { $0.document?["result"]?.string })
            #expect(stamps.count == 1 && !stamps.contains(nil))
            let note = zoe.note(1, more: #","quote":"\#(islet.uri(open))""#)
            try await islet.receive(zoe.create(1, note), from: zoe)
            #expect(try islet.quote(zoe.noteID(1))?.state == .accepted)
            #expect(try islet.quote(zoe.noteID(1))?.quoted == open)
            #expect(try islet.notifications() == ["quote zoe@far.example"])
        }
    }

    @Test func `a quote of another's post waits for its stamp, one of their own does not`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = pond.stranger("third.example").resident("yan")
            let to = [islet.identity.actor]
            try await islet.receive(yan.create(1, yan.note(1, to: to)), from: yan)
            try await islet.receive(zoe.create(1, zoe.note(1, to: to)), from: zoe)
            let stamp = #","quoteAuthorization":"https://third.example/stamps/1""#
            let notes = [
                #","quote":"\#(zoe.noteID(1))""#, #","quote":"\#(yan.noteID(1))""#,
                #","quote":"\#(yan.noteID(1))"\#(stamp)"#, #","_misskey_quote":"\#(yan.noteID(1))""#,
                #","quote":"A text, with BookWyrm""#,
            ]
            for (number, more) in notes.enumerated() {
                try await islet.receive(
                    zoe.create(number + 2, zoe.note(number + 2, to: to, more: more)), from: zoe)
            }
            let quotes = try (2...6).map { try islet.quote(zoe.noteID($0)) }
            #expect(quotes.map { $0?.state } == [.accepted, .pending, .pending, .unstated, nil])
            #expect(quotes[1]?.authorization == nil)
            #expect(quotes[2]?.authorization == "https://third.example/stamps/1")
            #expect(
                try islet.read {
                    try Quotes.unchecked(before: ManualClock.start - .days(1), limit: 9, in: $0)
                }.count == 1)
        }
    }

    @Test func `who quotes the owner without asking is shown as a link at most`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let closed = try await islet.post("No")
            try await islet.act { _, tx in
                var rights = InteractionRights()
                rights[.quote] = ([], [])
                try Statuses.setRights(rights, of: closed, in: tx)
            }
            for (number, quoted) in [post, closed].enumerated() {
                let note = zoe.note(number, more: #","quoteUrl":"\#(islet.uri(quoted))""#)
                try await islet.receive(zoe.create(number, note), from: zoe)
            }
            #expect(try islet.quote(zoe.noteID(0))?.state == .unstated)
            #expect(try islet.quote(zoe.noteID(1))?.state == .rejected)
            #expect(try islet.notifications() == ["quote zoe@far.example"])
        }
    }
}
