import Basics
import Federation
import JSON
import Storage
import TestSupport
import Testing

/// What a post brings along, and whom it reaches besides followers.
struct ReachStories {
    @Test(arguments: [Weather.calm, .stormy])
    func `a post arrives with all that belongs to it`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.send { ann in
                let now = ann.clock.now()
                return try await ann.compose("Miau") { status in
                    status.spoiler = "Cats"
                    status.sensitive = true
                    status.language = "de"
                } with: { id, tx in
                    try Hashtags.insert("katzen", status: id, in: tx)
                    var picture = Attachment(kind: .image, createdAt: now)
                    picture.status = id
                    picture.mediaType = "image/png"
                    picture.file = "cat.png"
                    picture.description = "A cat on a wall"
                    (picture.width, picture.height) = (640, 480)
                    (picture.focusX, picture.focusY) = (0.5, -0.25)
                    picture.blurhash = "LEHV6nWB2yk8pyo0adR*.7kCMdnj"
                    _ = try Attachments.insert(picture, in: tx)
                }
            }
            try await way.arrive()
            let copy = try #require(try way.bob.copy(of: post, from: way.ann))
            #expect(copy.spoiler == "Cats")
            #expect(copy.sensitive)
            #expect(copy.language == "de")
            #expect(copy.url == way.ann.identity.statusPage(post))
            #expect(copy.createdAt.seconds == way.pond.clock.now.seconds)
            let list = "[\(copy.id)]"
            #expect(try way.bob.read { try Hashtags.of(list, in: $0)[copy.id] } == ["katzen"])
            let pictures = try way.bob.read { try Attachments.of(list, in: $0)[copy.id] } ?? []
            let picture = try #require(pictures.first)
            #expect(pictures.count == 1)
            #expect(picture.kind == .image)
            #expect(picture.mediaType == "image/png")
            #expect(picture.remoteURL == "https://ann.example/media/cat.png")
            #expect(picture.description == "A cat on a wall")
            #expect(picture.width == 640 && picture.height == 480)
            #expect(picture.focusX == 0.5 && picture.focusY == -0.25)
            #expect(picture.blurhash == "LEHV6nWB2yk8pyo0adR*.7kCMdnj")
        }
    }

    @Test func `whoever is not named any more still hears of it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            _ = far.resident("zoe")
            let zoe = try #require(await islet.resolver.account(handle: "@zoe@far.example"))
            let post = try await islet.post("Hello Zoe", mentions: [zoe])
            try await pond.settle()
            try await pond.pass(.seconds(60))
            try await islet.store.write { [outbox = islet.outbox] tx in
                try Mentions.removeAll(of: post, in: tx)
                try outbox.edit(post, formerly: [zoe], in: tx)
            }
            try await pond.settle()
            try await islet.act { outbox, tx in try outbox.delete(post, in: tx) }
            try await pond.settle()
            #expect(far.received.map(\.type) == ["Create", "Update", "Delete"])
        }
    }

    @Test func `who liked, boosted or answered a post hears of its edit and its end`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let hosts = ["a.example", "b.example", "c.example", "d.example"].map { pond.stranger($0) }
            let actors = hosts.map { $0.resident("zoe") }
            let post = try await islet.post("Hello")
            let uri = islet.identity.status(post)
            try await islet.receive(actors[0].activity("Like", about: uri), from: actors[0])
            try await islet.receive(actors[1].activity("Announce", about: uri), from: actors[1])
            try await islet.receive(actors[2].create(1, actors[2].note(1, inReplyTo: uri)), from: actors[2])
            try await pond.pass(.seconds(60))
            try await islet.edit(post, "Hello all")
            try await pond.settle()
            try await islet.act { outbox, tx in try outbox.delete(post, in: tx) }
            try await pond.settle()
            for host in hosts.prefix(3) {
                #expect(host.received.map(\.type) == ["Update", "Delete"], "\(host.host)")
            }
            #expect(hosts[3].received.map(\.type) == [])
        }
    }
}
