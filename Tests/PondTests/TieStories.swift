import Federation
import Storage
import TestSupport
import Testing

/// Who follows and blocks whom, in every weather.
struct TieStories {
    @Test(arguments: Weather.roughInOrder)
    func `somebody who follows is a follower once`(weather: Weather) async throws {
        try await Crossing.story(weather, areFriends: false) { way in
            try await way.send { try await $0.follow("me@bob.example") }
            try await way.arrive()
            #expect(try way.ann.following() == [way.bob.identity.actor])
            #expect(try way.bob.followers() == [way.ann.identity.actor])
            #expect(try way.bob.notifications() == ["follow me@ann.example"])
            let bob = try #require(try way.bob.read { try Actors.find(way.bob.identity.owner, in: $0) })
            #expect(bob.followersCount == 1)
        }
    }

    @Test(arguments: Weather.rough)
    func `a follow that was taken back leaves nothing`(weather: Weather) async throws {
        try await Crossing.story(weather, areFriends: false) { way in
            let bob = try await way.send { try await $0.follow("me@bob.example") }
            try await way.send { try await $0.act { outbox, tx in try outbox.unfollow(bob, in: tx) } }
            try await way.arrive()
            #expect(try way.ann.following().isEmpty)
            #expect(try way.bob.followers().isEmpty)
            #expect(try way.bob.notifications().isEmpty)
        }
    }

    /// Bob has asked to follow Ann, who lets in only whom she likes.
    private func asked(_ way: Crossing) async throws -> ActorID {
        try await way.ann.setLocked(true)
        try await way.bob.follow("me@ann.example")
        try await way.pond.settle()
        #expect(try way.ann.notifications() == ["followRequest me@bob.example"])
        return try #require(try way.ann.row(of: way.bob))
    }

    @Test(arguments: Weather.roughInOrder)
    func `who is let in follows`(weather: Weather) async throws {
        try await Crossing.story(weather, areFriends: false) { way in
            let bob = try await asked(way)
            try await way.send { try await $0.act { outbox, tx in try outbox.acceptFollower(bob, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.following() == [way.ann.identity.actor])
            #expect(try way.ann.followers() == [way.bob.identity.actor])
        }
    }

    @Test(arguments: Weather.roughInOrder)
    func `who is not let in asks no longer`(weather: Weather) async throws {
        try await Crossing.story(weather, areFriends: false) { way in
            let bob = try await asked(way)
            try await way.send { try await $0.act { outbox, tx in try outbox.rejectFollower(bob, in: tx) } }
            try await way.arrive()
            let row = try #require(try way.bob.row(of: way.ann))
            #expect(try way.bob.read { try Following.find(row, in: $0) } == nil)
            #expect(try way.ann.followers().isEmpty)
        }
    }

    @Test(arguments: Weather.inOrder)
    func `a follower who is sent away long after follows no more`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            try await way.send { try await $0.post("Hello") }
            #expect(try way.bob.home().count == 1)
            let bob = try #require(try way.ann.row(of: way.bob))
            try await way.send { try await $0.act { outbox, tx in try outbox.rejectFollower(bob, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.following().isEmpty)
            #expect(try way.bob.home().isEmpty)
            #expect(try way.ann.followers().isEmpty)
            #expect(try way.bob.followers() == [way.ann.identity.actor])
        }
    }

    @Test(arguments: Weather.rough)
    func `a block ends the ties both ways`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let bob = try #require(try way.ann.row(of: way.bob))
            try await way.send { try await $0.act { outbox, tx in try outbox.block(bob, in: tx) } }
            try await way.arrive()
            let ties = try [way.ann, way.bob].map { try $0.following() + $0.followers() }
            #expect(ties == [[], []])
            #expect(try way.bob.notifications().isEmpty)
        }
    }

    @Test(arguments: Weather.allCases)
    func `after a block that was taken back both can follow again`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let bob = try #require(try way.ann.row(of: way.bob))
            try await way.send { try await $0.act { outbox, tx in try outbox.block(bob, in: tx) } }
            try await way.send { try await $0.act { outbox, tx in try outbox.unblock(bob, in: tx) } }
            try await way.arrive()
            #expect(try way.bob.following().isEmpty)
            try await way.bob.follow("me@ann.example")
            try await way.pond.settle()
            try await way.arrive()
            #expect(try way.ann.followers() == [way.bob.identity.actor])
        }
    }
}
