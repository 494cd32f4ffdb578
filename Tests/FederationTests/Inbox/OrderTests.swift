import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// Every two acts of one person in both orders, once and twice: what is left must follow from what was done, and
/// from the order only where nothing else can decide.
struct OrderTests {
    enum Act: String, CaseIterable, Sendable {
        case follow, undoFollow, create, update, delete, like, undoLike, announce, undoAnnounce, block, add
        case remove
    }

    /// What is left, as far as these acts go.
    struct End: Equatable {
        var follows = false
        var isFollowed = true
        var text: String?
        var isPinned = false
        var likes = 0
        var boosts = 0
    }

    /// What must be left, by rules that know nothing of how it is done.
    private func end(of acts: [Act]) -> End {
        var end = End()
        // Misskey sends every Follow of the same two under one id, so that only the order tells the last wish.
        // A Block has an id of its own, by which a late copy is known.
        let first = acts.firstIndex(of: .block)
        let wishes = acts.enumerated().filter { place, act in
            act == .follow || act == .undoFollow || act == .block && place == first
        }
        end.follows = wishes.last?.element == .follow
        end.isFollowed = !acts.contains(.block)
        // Taken back is taken back, whichever came first.
        end.likes = acts.contains(.like) && !acts.contains(.undoLike) ? 1 : 0
        end.boosts = acts.contains(.announce) && !acts.contains(.undoAnnounce) ? 1 : 0
        var isHere = false
        var isBlocked = false
        for act in acts {
            switch act {
            case .create, .update: isHere = true
            case .block: isBlocked = true
            case .add:
                // A pinned post is fetched only for somebody who is followed.
                isHere = isHere || !isBlocked
                end.isPinned = end.isPinned || isHere
            case .remove: end.isPinned = false
            default: break
            }
        }
        if acts.contains(.delete) {
            isHere = false
            end.isPinned = false
        }
        if isHere { end.text = acts.contains(.update) ? "<p>Two</p>" : "<p>One</p>" }
        return end
    }

    private func body(_ act: Act, by zoe: StrangerActor, on post: String, at islet: Islet) -> String {
        let owner = islet.identity.actor
        let one = zoe.note(1, "One", to: [owner])
        switch act {
        case .follow: return zoe.activity("Follow", about: owner)
        case .undoFollow: return zoe.activity("Undo", zoe.activity("Follow", about: owner), number: 1)
        case .create: return zoe.create(1, one)
        case .update: return zoe.activity("Update", two(by: zoe, at: islet))
        case .delete: return zoe.activity("Delete", about: zoe.noteID(1))
        case .like: return zoe.activity("Like", about: post)
        case .undoLike: return zoe.activity("Undo", zoe.activity("Like", about: post), number: 2)
        case .announce: return zoe.activity("Announce", about: post)
        case .undoAnnounce: return zoe.activity("Undo", about: "\(zoe.id)#announce/1", number: 3)
        case .block: return zoe.activity("Block", about: owner)
        case .add: return zoe.feature("Add", "\"\(zoe.noteID(1))\"")
        case .remove: return zoe.feature("Remove", "\"\(zoe.noteID(1))\"")
        }
    }

    private func two(by zoe: StrangerActor, at islet: Islet) -> String {
        zoe.note(1, "Two", to: [islet.identity.actor], more: #","updated":"2024-01-02T03:03:30Z""#)
    }

    private func found(_ zoe: StrangerActor, on post: StatusID, at islet: Islet) throws -> End {
        End(
            follows: try islet.followers().contains(zoe.id),
            isFollowed: try islet.following().contains(zoe.id),
            text: try islet.status(zoe.noteID(1))?.content, isPinned: try !islet.pins(of: zoe).isEmpty,
            likes: try islet.favourites(of: post), boosts: try islet.boosts(of: post))
    }

    @Test(arguments: Act.allCases)
    func `no order and no repetition does harm`(first: Act) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let host = pond.stranger("far.example")
            for second in Act.allCases {
                for acts in [[first, second], [first, second, first, second]] {
                    let zoe = host.resident("\(first)_\(second)_\(acts.count)".lowercased())
                    zoe.publish(more: #""featured":"\#(zoe.featured)""#)
                    try await islet.befriend(zoe)
                    let post = try await islet.post("Hi")
                    if acts.contains(.delete) {
                        host.answer("/users/\(zoe.name)/statuses/1", .status(.gone))
                    } else {
                        zoe.serve(
                            1,
                            acts.contains(.update)
                                ? two(by: zoe, at: islet)
                                : zoe.note(1, "One", to: [islet.identity.actor]))
                    }
                    for act in acts {
                        let body = body(act, by: zoe, on: islet.uri(post), at: islet)
                        let answer = try await islet.receive(body, from: zoe)
                        #expect(answer == .accepted, "\(act)")
                        if act == .add { try await pond.settle() }
                    }
                    let names = acts.map(\.rawValue)
                    #expect(try found(zoe, on: post, at: islet) == end(of: acts), "\(names)")
                }
            }
        }
    }
}
