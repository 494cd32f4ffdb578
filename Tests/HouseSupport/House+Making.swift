import Basics
import FoundationEssentials
import JSON
import MastodonAPI
package import Storage

/// Rows that tests need, with everything that does not matter filled in.
extension House {
    /// Has everything found that is there, as some seconds later.
    package func index() async throws {
        try await SearchIndexer(store: store, clock: time.clock, log: .silent).catchUp()
    }

    package func makeActor(_ name: String = "bob", domain: String = "far.example") async throws -> ActorID {
        let now = time.now
        return try await store.write { tx in
            var actor = Actor(
                uri: "https://\(domain)/users/\(name)", username: name, domain: domain,
                createdAt: Timestamp(milliseconds: 1_650_000_000_000))
            actor.name = name.capitalized
            actor.url = "https://\(domain)/@\(name)"
            actor.inbox = "https://\(domain)/users/\(name)/inbox"
            actor.fetchedAt = now
            return try Actors.save(actor, in: tx)
        }
    }

    /// A post; each is a second younger than the one before.
    package func makeStatus(
        by actor: ActorID, _ content: String = "<p>Hello</p>", visibility: Visibility = .public,
        inReplyTo parent: StatusID? = nil, reblogOf: StatusID? = nil, isHome: Bool = true
    ) async throws -> StatusID {
        time.advance(by: .seconds(1))
        let now = time.now
        return try await store.write { tx in
            let id = Statuses.newID(at: now)
            var status = Status(
                uri: "https://far.example/posts/\(id)", actor: actor, createdAt: now, visibility: visibility)
            status.content = reblogOf == nil ? content : ""
            status.reblogOf = reblogOf
            status.inReplyTo = parent
            status.inReplyToActor = try parent.flatMap { try Statuses.find($0, in: tx)?.actor }
            _ = try Statuses.insert(status, id: id, in: tx)
            if isHome { try HomeTimeline.add(id, in: tx) }
            return id
        }
    }

    /// A post of the owner's, made as an app makes it.
    package func post(_ text: String, token: String, _ more: String = "") async throws -> StatusID {
        time.advance(by: .seconds(1))
        let answer = try await post(
            "/api/v1/statuses", token,
            "status=\(text.replacing(" ", with: "+"))\(more.isEmpty ? "" : "&" + more)")
        guard let id = try answer.json["id"]?.string.flatMap({ StatusID($0) }) else {
            throw NoPost(answer: answer.text)
        }
        return id
    }

    package struct NoPost: Error {
        let answer: String
    }

    package func notify(_ kind: Notification.Kind, from actor: ActorID, _ status: StatusID? = nil)
        async throws
    {
        time.advance(by: .seconds(1))
        let now = time.now
        try await store.write { tx in
            try Notifications.add(kind, from: actor, status: status, at: now, in: tx)
        }
    }
}
