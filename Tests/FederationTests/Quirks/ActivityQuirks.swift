import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Activities as other software sends them.
struct ActivityQuirks {
    @Test func `votes for several choices in one Create all count, and are no posts`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let poll = try await Quirk.poll(islet, ["Tea", "Coffee", "Milk"], isMultiple: true)
            let uri = islet.identity.status(poll)
            let votes = ["Tea", "Milk"].enumerated().map { number, name in
                #"{"id":"\#(zoe.id)#votes/\#(number)","type":"Note","name":"\#(name)","attributedTo":"\#(zoe.id)","to":"\#(islet.identity.actor)","inReplyTo":"\#(uri)"}"#
            }
            let create = zoe.activity("Create", "[\(votes.joined(separator: ","))]", id: "\(zoe.id)#votes")
            for _ in 0..<2 { #expect(try await islet.receive(create, from: zoe) == .accepted) }
            #expect(try Quirk.votes(poll, islet) == [1, 0, 1])
            #expect(try islet.read { try Statuses.count(in: $0) } == 1)
        }
    }

    @Test func `one vote counts with a choice only, and the first`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let poll = try await Quirk.poll(islet, ["Tea", "Coffee"], isMultiple: false)
            for (number, name) in ["Water", "Coffee", "Tea"].enumerated() {
                let note = zoe.note(
                    number, to: [islet.identity.actor], cc: [], inReplyTo: islet.identity.status(poll)
                )
                .replacing(#""content":"<p>Hello</p>""#, with: #""name":"\#(name)","content":"""#)
                #expect(try await islet.receive(zoe.create(number, note), from: zoe) == .accepted)
            }
            #expect(try Quirk.votes(poll, islet) == [0, 1])
            #expect(try islet.read { try Statuses.count(in: $0) } == 1)
        }
    }

    @Test func `an id with a fragment is believed with the signature, and nobody is asked for it`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            for activity in [
                zoe.activity("Follow", about: islet.identity.actor),
                zoe.activity("Like", about: islet.identity.status(post)),
                zoe.activity("Announce", about: islet.identity.status(post)),
            ] {
                #expect(activity.contains("#"))
                #expect(try await islet.receive(activity, from: zoe) == .accepted)
            }
            try await pond.settle()
            #expect(try islet.followers() == [zoe.id])
            #expect(try islet.favourites(of: post) == 1 && islet.boosts(of: post) == 1)
            #expect(zoe.host.asked == ["/users/zoe"])
        }
    }

    @Test func `Add, Remove, Block and Flag need no addressees, and Add and Remove no id`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe")
            let featured = "\(zoe.id)/collections/featured"
            far.serve(
                "/users/zoe",
                zoe.document().replacing(#""outbox""#, with: #""featured":"\#(featured)","outbox""#))
            let row = try await Quirk.follow(zoe, islet, pond)
            try await Quirk.followed(by: zoe, islet, pond)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            func change(_ type: String) -> String {
                #"{"type":"\#(type)","actor":"\#(zoe.id)","object":"\#(zoe.noteID(1))","target":"\#(featured)"}"#
            }
            for _ in 0..<2 { #expect(try await islet.receive(change("Add"), from: zoe) == .accepted) }
            #expect(try islet.read { try Pins.of(row, in: $0) }.count == 1)
            #expect(try await islet.receive(change("Remove"), from: zoe) == .accepted)
            #expect(try islet.read { try Pins.of(row, in: $0) }.isEmpty)
            // The same again after that is no replay, because nothing tells it from another.
            #expect(try await islet.receive(change("Add"), from: zoe) == .accepted)
            #expect(try islet.read { try Pins.of(row, in: $0) }.count == 1)

            let flag =
                #"{"id":"\#(zoe.id)#f","type":"Flag","actor":"\#(zoe.id)","content":"Rude","object":["\#(islet.identity.actor)"]}"#
            #expect(try await islet.receive(flag, from: zoe) == .accepted)
            #expect(try islet.read { try Reports.newest(9, in: $0) }.map(\.content) == ["Rude"])
            #expect(
                try await islet.receive(zoe.activity("Block", about: islet.identity.actor), from: zoe)
                    == .accepted)
            try await pond.settle()
            #expect(try islet.followers().isEmpty && islet.following().isEmpty)
        }
    }

    @Test func `reactions with an emoji are one favourite, however many and however spelled`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let uri = islet.identity.status(post)
            let like =
                zoe.activity("Like", about: uri).dropLast()
                + #","content":":blob:","_misskey_reaction":":blob:","tag":[{"type":"Emoji","name":":blob:","id":null}]}"#
            #expect(try await islet.receive(String(like), from: zoe) == .accepted)
            let react = zoe.activity("EmojiReact", about: uri, number: 2).dropLast() + #","content":"🔥"}"#
            #expect(try await islet.receive(String(react), from: zoe) == .accepted)
            #expect(try islet.favourites(of: post) == 1)
            #expect(try islet.notifications() == ["favourite zoe@far.example"])
        }
    }

    @Test(arguments: [
        "Dislike", "View", "Listen", "Read", "Join", "Bite", "Offer", "TentativeAccept", "CacheFile",
    ])
    func `what has no meaning for a post is taken and changes nothing`(type: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let activity = zoe.activity(type, about: islet.identity.status(post))
            #expect(try await islet.receive(activity, from: zoe) == .accepted)
            #expect(try islet.favourites(of: post) == 0 && islet.notifications().isEmpty)
            #expect(zoe.host.asked.count <= 1)
        }
    }

    @Test(arguments: ["Follow", "Move", "Accept", "Reject", "Block"])
    func `what is for people and says a post is taken and changes nothing`(type: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let activity = zoe.activity(type, about: islet.identity.status(post))
            #expect(try await islet.receive(activity, from: zoe) == .accepted)
            try await pond.settle()
            #expect(try islet.followers().isEmpty && islet.notifications().isEmpty)
            #expect(zoe.host.received.isEmpty)
        }
    }

    @Test func `an actor who comes whole in an activity is only an address`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let evil = pond.stranger("evil.example")
            let whole = Quirk.actor(zoe.id, name: "mallory", inbox: "https://evil.example/inbox")
            let follow =
                #"{"id":"\#(zoe.id)#f","type":"Follow","actor":\#(whole),"object":{"id":"\#(islet.identity.actor)"}}"#
            #expect(try await islet.receive(follow, from: zoe) == .accepted)
            try await pond.settle()
            #expect(try islet.actor(zoe.id)?.username == "zoe")
            #expect(zoe.host.received.map(\.type) == ["Accept"] && evil.received.isEmpty)
        }
    }

    @Test func `after two Follows an Undo of either ends the follow, and an Undo of nothing does no harm`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let follows = (1...2).map { zoe.activity("Follow", about: islet.identity.actor, number: $0) }
            for follow in follows {
                try await islet.receive(follow, from: zoe)
                try await pond.settle()
            }
            #expect(
                zoe.host.received.map { $0.document?["object"]?["id"]?.string } == [
                    "\(zoe.id)#follow/1", "\(zoe.id)#follow/2",
                ])
            for number in 1...2 {
                let undo = zoe.activity("Undo", follows[0], number: number)
                #expect(try await islet.receive(undo, from: zoe) == .accepted)
                #expect(try islet.followers().isEmpty)
            }
        }
    }

    @Test func `an Accept that names only the id, or a Follow without its id or actor, is one`() async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let shapes: [(String) -> String] = [
                { "\"\($0)\"" }, { #"{"id":"\#($0)"}"# }, { #"{"id":"\#($0)","type":"Follow"}"# },
                { _ in #"{"type":"Follow","actor":"\#(islet.identity.actor)"}"# },
            ]
            for (number, shape) in shapes.enumerated() {
                let zoe = far.resident("zoe\(number)")
                let row = try await islet.follow(zoe.handle)
                let id = try #require(try islet.read { try Following.find(row, in: $0) }).uri
                try await islet.receive(zoe.activity("Accept", shape(id)), from: zoe)
                #expect(try islet.following().contains(zoe.id), "shape \(number)")
            }
        }
    }

    @Test(arguments: ["Create", "Update"])
    func `a post that is only named by its author is fetched`(type: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await Quirk.follow(zoe, islet, pond)
            if type == "Update" { try await islet.receive(zoe.create(1, zoe.note(1, "Old")), from: zoe) }
            zoe.host.serve(
                "/users/zoe/statuses/1", zoe.note(1, "New", more: #","updated":"2024-01-02T03:04:04Z""#))
            #expect(try await islet.receive(zoe.activity(type, about: zoe.noteID(1)), from: zoe) == .accepted)
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>New</p>")
        }
    }
}
