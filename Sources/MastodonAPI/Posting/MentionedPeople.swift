import Basics
import Federation
import Markup
import Storage

/// Those whom a text mentions and who could be found; everybody else stays plain text.
struct MentionedPeople: Sendable {
    struct Person: Sendable {
        let id: ActorID
        let username: String
        /// What the link in the text leads to, and what apps are told: the same bytes.
        let url: String
    }

    private var people: [Handle: Person] = [:]

    subscript(_ handle: Handle) -> Person? { people[handle] }

    /// Each once.
    var ids: Set<ActorID> { Set(people.values.map(\.id)) }
}

extension Posting {
    /// Finds who is mentioned: first among those who are known, then by asking their servers, for a few
    /// seconds altogether.
    func people(among handles: [Handle]) async throws -> MentionedPeople {
        var found: [Handle: ActorID] = [:]
        var unknown: [Handle] = []
        try store.read { snapshot in
            for handle in handles {
                let isOwn =
                    handle.domain == nil || handle.domain == identity.accountDomain
                    || handle.domain == identity.host
                let actor = try Actors.find(
                    username: handle.username, domain: isOwn ? nil : handle.domain, in: snapshot)
                if let actor, actor.isLocal || actor.inbox != nil {
                    found[handle] = actor.id
                } else if !isOwn {
                    unknown.append(handle)
                }
            }
        }
        for (handle, id) in await lookUp(Array(unknown.prefix(limits.mentionLookUps))) { found[handle] = id }
        let actors = try store.read { try Actors.find(found.values, in: $0) }
        var people = MentionedPeople()
        for (handle, id) in found {
            if let actor = actors[id] { people.add(actor, as: handle) }
        }
        return people
    }

    private func lookUp(_ handles: [Handle]) async -> [(Handle, ActorID)] {
        guard !handles.isEmpty else { return [] }
        let resolver = resolver
        let clock = clock
        let limit = limits.mentionLookUp
        return await withTaskGroup(of: (Handle, ActorID?)?.self) { group in
            for handle in handles {
                group.addTask {
                    (handle, await resolver.account(handle: "\(handle.username)@\(handle.domain ?? "")"))
                }
            }
            // The one that ends the rest. Look-ups hear the cancellation, so the group does not outlast it by
            // much.
            group.addTask {
                await Doorbell().wait(atMost: limit, clock: clock)
                return nil
            }
            var found: [(Handle, ActorID)] = []
            var waiting = handles.count
            while waiting > 0, let outcome = await group.next(), let (handle, id) = outcome {
                waiting -= 1
                if let id { found.append((handle, id)) }
            }
            group.cancelAll()
            return found
        }
    }
}

extension MentionedPeople {
    fileprivate mutating func add(_ actor: Actor, as handle: Handle) {
        people[handle] = Person(id: actor.id, username: actor.username, url: actor.url ?? actor.uri)
    }
}
