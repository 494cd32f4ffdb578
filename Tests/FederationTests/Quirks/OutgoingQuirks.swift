import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// What other software insists on in what it gets, checked on everything that the owner can do.
struct OutgoingQuirks {
    /// All that arrives at the server of somebody who follows and is followed while the owner does what they can.
    private func everything() async throws -> [Stranger.Received] {
        var received: [Stranger.Received] = []
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe", sharesInbox: false)
            let row = try await Quirk.follow(zoe, islet, pond)
            let follow = try #require(try islet.read { try Following.find(row, in: $0) })
            #expect(follow.isAccepted)
            let poll =
                #","anyOf":[{"type":"Note","name":"Tea"},{"type":"Note","name":"Milk"}],"endTime":"2024-01-03T00:00:00Z""#
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            try await islet.receive(
                zoe.create(
                    2,
                    zoe.note(2, more: poll).replacing(
                        #""Note","attributedTo""#, with: #""Question","attributedTo""#)),
                from: zoe)
            let theirs = try #require(try islet.status(zoe.noteID(1))).id
            let question = try #require(try islet.status(zoe.noteID(2))).id
            func act(_ body: @escaping @Sendable (Outbox, Transaction) throws -> Void) async throws {
                try await islet.act(body)
                try await pond.settle()
            }
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            try await pond.settle()
            let post = try await islet.post("Hello", mentions: [row])
            try await pond.settle()
            _ = try await islet.post("Hello you", visibility: .direct, mentions: [row])
            _ = try await islet.post("Hello back", inReplyTo: theirs)
            try await pond.settle()
            try await islet.edit(post, "Hello again")
            try await pond.settle()
            try await act { outbox, tx in try outbox.favourite(theirs, in: tx) }
            try await act { outbox, tx in try outbox.unfavourite(theirs, in: tx) }
            try await act { outbox, tx in _ = try outbox.boost(theirs, visibility: .public, in: tx) }
            try await act { outbox, tx in try outbox.unboost(theirs, in: tx) }
            try await act { outbox, tx in try outbox.vote([0, 1], on: question, in: tx) }
            try await act { outbox, tx in try outbox.pin(post, in: tx) }
            try await act { outbox, tx in try outbox.unpin(post, in: tx) }
            try await act { outbox, tx in try outbox.featureTag("Tea", in: tx) }
            try await act { outbox, tx in try outbox.unfeatureTag("Tea", in: tx) }
            try await act { outbox, tx in try outbox.report(row, statuses: [theirs], comment: "Rude", in: tx)
            }
            try await act { outbox, tx in try outbox.setAliases(["https://old.example/users/me"], in: tx) }
            try await act { outbox, tx in try outbox.delete(post, in: tx) }
            far.serve(
                "/users/zoe",
                zoe.document().replacing(
                    #""outbox""#, with: #""alsoKnownAs":["\#(islet.identity.actor)"],"outbox""#))
            _ = try await islet.actors.refresh(zoe.id).get()
            try await act { outbox, tx in try outbox.move(to: row, in: tx) }
            try await act { outbox, tx in try outbox.unfollow(row, in: tx) }
            try await act { outbox, tx in try outbox.follow(row, reblogs: true, notify: false, in: tx) }
            try await act { outbox, tx in try outbox.block(row, in: tx) }
            try await act { outbox, tx in try outbox.unblock(row, in: tx) }
            try await act { outbox, tx in try outbox.deleteAccount(in: tx) }
            received = far.received
        }
        return received
    }

    private static func depth(of value: JSONValue) -> Int {
        let inner = value.kind == .object ? value.members.map(\.value) : value.elements
        return inner.isEmpty ? 1 : 1 + (inner.map(depth).max() ?? 0)
    }

    @Test func `whatever is sent is whole, as the strictest readers want it`() async throws {
        let received = try await everything()
        let types = Set(received.map(\.type))
        #expect(
            types == [
                "Accept", "Add", "Announce", "Block", "Create", "Delete", "Flag", "Follow", "Like", "Move",
                "Reject",
                "Remove", "Undo", "Update",
            ])
        var ids: Set<String> = []
        for activity in received {
            let document = try #require(activity.document)
            let id = try #require(document["id"]?.string)
            #expect(id.hasPrefix("https://islet.example/"))
            #expect(ids.insert(id).inserted, "an id is used once: \(id)")
            #expect(document["actor"]?.kind == .string)
            #expect(document["to"]?.kind == .array && document["cc"]?.kind == .array)
            #expect(document["@context"]?.ids().first == Vocabulary.activityStreams)
            #expect(document["to"]?.ids().contains("as:Public") == false)
            #expect(document["bto"] == nil && document["bcc"] == nil)
            #expect(Self.depth(of: document) <= 8, "\(activity.type)")
            #expect(activity.body.count < 256 << 10)
            if activity.type != "Flag" { #expect(activity.isSigned, "\(activity.type)") }
        }
    }

    @Test func `what answers or takes back something has it whole inside, and names whom it is for`()
        async throws
    {
        let received = try await everything()
        for activity in received where ["Accept", "Reject", "Undo"].contains(activity.type) {
            let inner = try #require(activity.document?["object"])
            #expect(inner.kind == .object)
            for member in ["id", "type", "actor", "object"] {
                #expect(inner[member]?.string != nil, "\(member)")
            }
        }
        for activity in received
        where ["Accept", "Reject", "Follow", "Like", "Block", "Flag"].contains(activity.type) {
            #expect(activity.document?["to"]?.ids() == ["https://far.example/users/zoe"])
        }
    }

    @Test func `a Create has the addressees and the date of its note, and a direct one a single addressee`()
        async throws
    {
        let creates = try await everything().filter { $0.type == "Create" }
        #expect(creates.count == 5)
        for create in creates {
            let document = try #require(create.document), note = try #require(document["object"])
            #expect(note["to"]?.ids() == document["to"]?.ids() && note["attributedTo"]?.kind == .string)
            if note["content"] != nil {
                #expect(note["cc"]?.ids() == document["cc"]?.ids())
                #expect(document["published"]?.string == note["published"]?.string)
                #expect(document["published"]?.string != nil)
            }
            if note["to"]?.ids() == ["https://far.example/users/zoe"] {
                #expect(document["cc"]?.ids() == [] && create.path == "/users/zoe/inbox")
            }
        }
    }

    @Test func `a boost is never older than its post`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            let row = try await Quirk.follow(zoe, islet, pond)
            let later = islet.clock.now() + .hours(1)
            let post = try await islet.store.write { tx in
                try Statuses.insert(
                    Storage.Status(uri: zoe.noteID(1), actor: row, createdAt: later, visibility: .public),
                    in: tx)
            }
            try await islet.act { outbox, tx in _ = try outbox.boost(post, visibility: .public, in: tx) }
            try await pond.settle()
            let announce = try #require(far.received.first { $0.type == "Announce" }?.document)
            #expect(announce["published"]?.string == ISO8601.seconds(later.milliseconds))
            #expect(announce["object"]?.string == zoe.noteID(1))
        }
    }

    @Test
    func `whatever is served has its address as its id, one of the types that all know, and no redirect`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let me = islet.identity.actor
            let post = islet.identity.status(try await islet.post("Hi"))
            for address in [
                me, islet.identity.instanceActor, "\(me)/outbox", "\(me)/outbox?page=true", "\(me)/followers",
                "\(me)/followers?page=true", "\(me)/following", "\(me)/collections/featured",
                "\(me)/collections/tags", post, "\(post)/activity", "\(post)/replies",
                "\(post)/replies?page=true",
                "\(post)/likes", "\(post)/shares",
            ] {
                var request = Request(.get, WebURL(address)?.requestTarget ?? "")
                request.fields["Accept"] = "application/activity+json"
                let answer = await islet.answer(request)
                #expect(answer.status == .ok, "\(address)")
                #expect(answer.fields["Content-Type"] == "application/activity+json; charset=utf-8")
                guard case .bytes(let bytes) = answer.body else { continue }
                #expect(try Document(bytes).root["id"]?.string == address)
                #expect(try Document(bytes).root["interactionPolicy"]?["canFeature"] == nil)
            }
        }
    }
}
