import Basics
import Federation
import Storage
import TestSupport
import Testing

/// Posts, edits and deletions in every weather.
struct NoteStories {
    @Test(arguments: [Visibility.public, .unlisted, .private, .direct], [Weather.stormy])
    func `a post arrives once, for those whom it is for`(visibility: Visibility, weather: Weather)
        async throws
    {
        try await Crossing.story(weather) { way in
            let bob = try #require(try way.ann.row(of: way.bob))
            let post = try await way.send {
                try await $0.post("Psst", visibility: visibility, mentions: [bob])
            }
            try await way.arrive()
            let copy = try #require(try way.bob.copy(of: post, from: way.ann))
            #expect(copy.visibility == visibility)
            #expect(copy.content == "<p>Psst</p>")
            #expect(try way.bob.home() == [copy.uri])
            #expect(try way.bob.notifications() == ["follow me@ann.example", "mention me@ann.example"])
        }
    }

    @Test(arguments: Weather.rough)
    func `replies stand below what they answer`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.bob.post("Question")
            try await way.pond.settle()
            let copy = try #require(try way.ann.copy(of: post, from: way.bob))
            let first = try await way.send {
                try await $0.post("Answer", mentions: [copy.actor], inReplyTo: copy.id)
            }
            let second = try await way.send { try await $0.post("And more", inReplyTo: first) }
            try await way.arrive()
            let answer = try #require(try way.bob.copy(of: first, from: way.ann))
            #expect(answer.inReplyTo == post)
            #expect(try way.bob.copy(of: second, from: way.ann)?.inReplyTo == answer.id)
            #expect(try way.bob.notifications() == ["follow me@ann.example", "mention me@ann.example"])
        }
    }

    @Test(arguments: Weather.rough)
    func `the last edit stays`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.send { try await $0.post("One") }
            for text in ["Two", "Three"] {
                try await way.pond.pass(.seconds(60))
                try await way.send { try await $0.edit(post, text) }
            }
            try await way.arrive()
            let copy = try #require(try way.bob.copy(of: post, from: way.ann))
            #expect(copy.content == "<p>Three</p>")
            #expect(try way.bob.home() == [copy.uri])
            if weather != .reversed {
                #expect(
                    try way.bob.read { try StatusEdits.of(copy.id, in: $0).map(\.content) } == [
                        "<p>One</p>", "<p>Two</p>",
                    ])
            }
        }
    }

    @Test(arguments: Weather.rough)
    func `what was deleted stays away`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let bob = try #require(try way.ann.row(of: way.bob))
            let post = try await way.send { try await $0.post("Oops", mentions: [bob]) }
            try await way.pond.pass(.seconds(60))
            try await way.send { try await $0.edit(post, "Ooops") }
            try await way.send { try await $0.act { outbox, tx in try outbox.delete(post, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.copy(of: post, from: way.ann) == nil)
            #expect(try way.bob.home().isEmpty)
            #expect(try way.bob.notifications() == ["follow me@ann.example"])
            #expect(try way.bob.read { try Tombstones.contains(way.ann.identity.status(post), in: $0) })
        }
    }

    @Test(arguments: Weather.inOrder)
    func `whoever boosted a post is told of an edit`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let post = try await way.send { try await $0.post("One") }
            let copy = try #require(try way.bob.copy(of: post, from: way.ann)).id
            try await way.bob.act { outbox, tx in _ = try outbox.boost(copy, visibility: .public, in: tx) }
            try await way.pond.pass(.seconds(60))
            try await way.send { try await $0.edit(post, "Two") }
            try await way.arrive()
            #expect(try way.bob.notifications() == ["follow me@ann.example", "update me@ann.example"])
        }
    }
}
