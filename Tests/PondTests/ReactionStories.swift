import Basics
import Federation
import Storage
import TestSupport
import Testing

/// Likes, boosts and pins in every weather.
struct ReactionStories {
    @Test(arguments: Weather.rough)
    func `a like counts once`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Morning")
            try await way.pond.settle()
            let copy = try #require(try way.ann.copy(of: post, from: way.bob)).id
            try await way.send { try await $0.act { outbox, tx in try outbox.favourite(copy, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.favourites(of: post) == 1)
            #expect(try way.bob.notifications() == ["follow me@ann.example", "favourite me@ann.example"])
        }
    }

    @Test(arguments: Weather.rough)
    func `a like that was taken back does not count`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Morning")
            try await way.pond.settle()
            let copy = try #require(try way.ann.copy(of: post, from: way.bob)).id
            try await way.send { try await $0.act { outbox, tx in try outbox.favourite(copy, in: tx) } }
            try await way.send { try await $0.act { outbox, tx in try outbox.unfavourite(copy, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.favourites(of: post) == 0)
            #expect(try way.bob.notifications() == ["follow me@ann.example"])
        }
    }

    @Test(arguments: Weather.rough)
    func `a boost shows a third one's post, which is fetched`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let cat = try await way.islet("cat.example")
            let post = try await cat.post("Meow")
            let uri = cat.identity.status(post)
            let found = try await way.ann.objects.status(uri)
            try await way.send {
                try await $0.act { outbox, tx in _ = try outbox.boost(found, visibility: .public, in: tx) }
            }
            try await way.arrive()
            #expect(try way.bob.home() == [uri])
            #expect(try way.bob.status(uri)?.content == "<p>Meow</p>")
            #expect(try cat.boosts(of: post) == 1)
            #expect(try cat.notifications() == ["reblog me@ann.example"])
        }
    }

    @Test(arguments: Weather.rough)
    func `a boost that was taken back is nowhere`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let cat = try await way.islet("cat.example")
            let post = try await cat.post("Meow")
            let found = try await way.ann.objects.status(cat.identity.status(post))
            try await way.send {
                try await $0.act { outbox, tx in _ = try outbox.boost(found, visibility: .public, in: tx) }
            }
            try await way.send { try await $0.act { outbox, tx in try outbox.unboost(found, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.home().isEmpty)
            #expect(try cat.boosts(of: post) == 0)
            #expect(try cat.notifications().isEmpty)
        }
    }

    @Test(arguments: Weather.allCases)
    func `pins follow what the profile shows`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let first = try await way.send { try await $0.post("First") }
            let second = try await way.send { try await $0.post("Second") }
            try await way.send {
                try await $0.act { outbox, tx in
                    try outbox.pin(first, in: tx)
                    try outbox.pin(second, in: tx)
                }
            }
            if weather != .reversed {
                try await way.send { try await $0.act { outbox, tx in try outbox.unpin(first, in: tx) } }
            }
            try await way.arrive()
            let ann = try #require(try way.bob.row(of: way.ann))
            let expected = weather == .reversed ? [first, second] : [second]
            #expect(Set(try way.bob.pins(of: ann)) == Set(expected.map { way.ann.identity.status($0) }))
            #expect(try way.bob.home().count == 2)
        }
    }

    @Test(arguments: Weather.inOrder)
    func `featured hashtags come and go`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            try await way.send {
                try await $0.act { outbox, tx in
                    try outbox.featureTag("Cats", in: tx)
                    try outbox.featureTag("Tea", in: tx)
                }
            }
            try await way.send { try await $0.act { outbox, tx in try outbox.unfeatureTag("Tea", in: tx) } }
            try await way.arrive()
            let ann = try #require(try way.bob.row(of: way.ann))
            #expect(try way.bob.read { try FeaturedTags.of(ann, in: $0) } == ["cats"])
        }
    }

    @Test func `a reaction counts as a like, however its server calls it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let post = try await islet.post("Hello")
            let uri = islet.identity.status(post)
            let reactions = [
                (far.resident("one"), "EmojiReact", #","content":"🔥""#),
                (far.resident("two"), "Like", #","_misskey_reaction":":blob:""#),
            ]
            for (actor, type, more) in reactions {
                let reaction = actor.activity(type, about: uri).dropLast() + more + "}"
                for _ in 1...2 { try await islet.receive(String(reaction), from: actor) }
            }
            #expect(try islet.favourites(of: post) == 2)
            #expect(try islet.notifications() == ["favourite one@far.example", "favourite two@far.example"])
            for (actor, type, more) in reactions {
                let reaction = actor.activity(type, about: uri).dropLast() + more + "}"
                try await islet.receive(actor.activity("Undo", String(reaction)), from: actor)
            }
            #expect(try islet.favourites(of: post) == 0)
            #expect(try islet.notifications().isEmpty)
        }
    }
}
