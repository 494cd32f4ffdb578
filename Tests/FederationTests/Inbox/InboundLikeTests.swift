import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundLikeTests {
    @Test(arguments: [
        #""type":"Like""#, #""type":"Like","content":"🔥","_misskey_reaction":"🔥""#,
        #""type":"EmojiReact","content":":blob:""#,
    ])
    func `likes and reactions count once for each person`(members: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            for number in 1...2 {
                try await islet.receive(
                    #"{"id":"\#(zoe.id)#l/\#(number)",\#(members),"actor":"\#(zoe.id)","object":"\#(islet.uri(post))"}"#,
                    from: zoe)
            }
            #expect(try islet.favourites(of: post) == 1)
            #expect(try islet.notifications() == ["favourite zoe@far.example"])
        }
    }

    @Test(arguments: [Visibility.private, .direct])
    func `who cannot see a post cannot like or answer it`(visibility: Visibility) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe"), yan = far.resident("yan"), eve = far.resident("eve")
            let named = try #require(await islet.resolver.account(uri: yan.id))
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            let post = try await islet.post("Psst", visibility: visibility, mentions: [named])
            for actor in [zoe, yan, eve] {
                try await islet.receive(actor.activity("Like", about: islet.uri(post)), from: actor)
                let note = actor.note(1, cc: [islet.identity.actor], inReplyTo: islet.uri(post))
                try await islet.receive(actor.create(1, note), from: actor)
            }
            #expect(try islet.favourites(of: post) == (visibility == .private ? 2 : 1))
            #expect(try islet.status(yan.noteID(1))?.inReplyTo == post)
            #expect(try islet.status(zoe.noteID(1))?.inReplyTo == (visibility == .private ? post : nil))
            // It is addressed to the owner and kept, but as no answer.
            let stray = try #require(try islet.status(eve.noteID(1)))
            #expect(stray.inReplyTo == nil && stray.inReplyToURI == nil)
        }
    }

    @Test func `an Undo that comes first leaves its Like without effect`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let like = zoe.activity("Like", about: islet.uri(post))
            try await islet.receive(zoe.activity("Undo", like), from: zoe)
            try await islet.receive(like, from: zoe)
            #expect(try islet.favourites(of: post) == 0)
            try await islet.receive(zoe.activity("Like", about: islet.uri(post), number: 2), from: zoe)
            #expect(try islet.favourites(of: post) == 1)
            // Taking back a reaction leaves the Like.
            let react = zoe.activity("EmojiReact", about: islet.uri(post), number: 3)
            try await islet.receive(zoe.activity("Undo", react, number: 2), from: zoe)
            #expect(try islet.favourites(of: post) == 1)
        }
    }
}
