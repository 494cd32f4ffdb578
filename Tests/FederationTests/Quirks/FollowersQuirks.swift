import ActivityPub
import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// Other servers count who of ours follows whom of theirs.
struct FollowersQuirks {
    private static let address = "https://far.example/users/zoe/followers_synchronization"

    /// What is asked, and whom the owner follows, after somebody followed sent a post with their count.
    ///
    /// - Parameters:
    ///   - counted: whose digest is sent.
    ///   - listed: who is in the list that can be asked for.
    private func count(
        _ counted: [String], listed: [String], isSigned: Bool = true, isFollowed: Bool = true,
        collection: String = "https://far.example/users/zoe/followers"
    ) async throws -> (asked: [String], following: [String], sent: [String]) {
        var result: (asked: [String], following: [String], sent: [String]) = ([], [], [])
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            if isFollowed {
                try await Quirk.follow(zoe, islet, pond)
            } else {
                _ = try await islet.actors.id(zoe.id).get()
                zoe.host.forget()
            }
            zoe.host.serve(
                "/users/zoe/followers_synchronization",
                #"{"id":"\#(Self.address)","type":"OrderedCollection","orderedItems":\#(WrittenJSON.list(listed))}"#
            )
            let header = CollectionSynchronization(
                collectionID: collection, url: Self.address,
                digest: CollectionSynchronization.digest(of: counted)
            ).header
            var post = QuirkPost(
                zoe.create(1, zoe.note(1, to: [zoe.followers], cc: [])), by: zoe, at: islet.clock.now())
            post.more = [("Collection-Synchronization", header, isSigned)]
            #expect(try await Quirk.deliver(post, to: islet) == .accepted)
            try await pond.settle()
            result = (zoe.host.asked, try islet.following(), zoe.host.received.map(\.type))
        }
        return result
    }

    private static let me = "https://islet.example/users/me"

    @Test func `the same count asks nobody`() async throws {
        let result = try await count([Self.me], listed: [])
        #expect(result.asked.isEmpty && result.following.count == 1)
    }

    @Test func `a list that is not the counted one ends nothing`() async throws {
        let result = try await count([], listed: ["https://islet.example/users/you"])
        #expect(result.asked.count == 1 && result.following.count == 1)
    }

    @Test func `a count that is not signed, or of another collection, is nothing`() async throws {
        let unsigned = try await count([], listed: [], isSigned: false)
        #expect(unsigned.asked.isEmpty && unsigned.following.count == 1)
        let other = try await count([], listed: [], collection: "https://far.example/users/yan/followers")
        #expect(other.asked.isEmpty && other.following.count == 1)
    }

    @Test func `whoever is not in the counted list follows no longer`() async throws {
        let result = try await count([], listed: [])
        #expect(result.asked == ["/users/zoe/followers_synchronization"])
        #expect(result.following.isEmpty)
    }

    @Test func `a follow that only the other side knows of is taken back there`() async throws {
        let result = try await count([Self.me], listed: [Self.me], isFollowed: false)
        #expect(result.sent == ["Undo"] && result.following.isEmpty)
    }
}
