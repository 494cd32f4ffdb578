import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// Every two activities of one person, in both orders, the first of them once more at the end.
struct PairStories {
    private enum Act: String, CaseIterable {
        case follow, unfollow, like, unlike, boost, unboost, create, edit, delete, vote, block, leave
    }

    /// Where these act upon.
    private struct Stage {
        let owner: String
        let post: String
        let poll: String
    }

    private func activity(_ act: Act, of zoe: StrangerActor, on stage: Stage) -> String {
        let follow = zoe.activity("Follow", about: stage.owner)
        let like = zoe.activity("Like", about: stage.post)
        let boost = zoe.activity("Announce", about: stage.post)
        return switch act {
        case .follow: follow
        case .unfollow: zoe.activity("Undo", follow, number: 1)
        case .like: like
        case .unlike: zoe.activity("Undo", like, number: 2)
        case .boost: boost
        case .unboost: zoe.activity("Undo", boost, number: 3)
        case .create: zoe.create(1, zoe.note(1, "Good", inReplyTo: stage.post))
        case .edit:
            zoe.activity(
                "Update",
                zoe.note(1, "Better", inReplyTo: stage.post, more: #","updated":"2024-01-02T03:04:00Z""#))
        case .delete: zoe.activity("Delete", about: zoe.noteID(1), number: 1)
        case .vote: zoe.vote("Yes", in: stage.poll)
        case .block: zoe.activity("Block", about: stage.owner)
        case .leave: zoe.activity("Delete", about: zoe.id, number: 2)
        }
    }

    @Test func `no two activities do harm, in whatever order and however often they come`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let post = try await islet.post("Hello"), poll = try await islet.ask("Tea?", ["Yes", "No"])
            let stage = Stage(
                owner: islet.identity.actor, post: islet.identity.status(post),
                poll: islet.identity.status(poll))
            var cast: [(acts: [Act], actor: StrangerActor)] = []
            for first in Act.allCases {
                for second in Act.allCases where first != second {
                    let zoe = far.resident("\(first)-\(second)")
                    cast.append(([first, second], zoe))
                    for act in [first, second, first] {
                        let answer = try await islet.receive(activity(act, of: zoe, on: stage), from: zoe)
                        #expect(answer == .accepted, "\(act) of \(zoe.name)")
                    }
                }
            }
            try await pond.settle()

            /// Those who did this and neither took it back nor left.
            func remain(_ act: Act, but others: Act...) -> [StrangerActor] {
                cast.filter { $0.acts.contains(act) && $0.acts.allSatisfy { !others.contains($0) } }.map(
                    \.actor)
            }
            let followers = try islet.followers()
            #expect(followers.count == Set(followers).count)
            let steady = remain(.follow, but: .unfollow, .block, .leave).map(\.id)
            #expect(Set(steady).isSubset(of: followers))
            let owner = try #require(try islet.read { try Actors.find(islet.identity.owner, in: $0) })
            #expect(owner.followersCount == followers.count)

            #expect(try islet.favourites(of: post) == remain(.like, but: .unlike, .leave).count)
            #expect(try islet.boosts(of: post) == remain(.boost, but: .unboost, .leave).count)
            let votes = try islet.votes(poll)
            #expect(votes[1] == 0)
            #expect(votes[0] >= remain(.vote, but: .leave).count && votes[0] <= remain(.vote).count)

            for zoe in remain(.create, but: .delete, .leave) {
                let content = try islet.status(zoe.noteID(1))?.content
                #expect(
                    content == (zoe.name.contains("edit") ? "<p>Better</p>" : "<p>Good</p>"), "\(zoe.name)")
            }
            for zoe in remain(.delete) + remain(.leave) {
                #expect(try islet.status(zoe.noteID(1)) == nil, "\(zoe.name)")
            }
            let told = try islet.notifications()
            #expect(told.count == Set(told).count)
            #expect(try islet.read { try Inbound.count(in: $0) } == 0)
        }
    }
}
