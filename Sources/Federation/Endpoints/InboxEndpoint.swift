import ActivityPub
package import Basics
package import HTTP
import JSON
package import Storage

/// `POST /inbox` and the personal inboxes: one handler, because the target follows from the addressing.
///
/// The answer is 202 only when the effects, or the activity itself, are on disk.
package struct InboxEndpoint: Sendable {
    private let inbox: Inbox
    private let actors: ActorResolver
    private let store: Store
    private let identity: Identity
    private let clock: Clock
    private let log: Log
    private let plainHTTPAllowed: Bool
    /// Why nothing can be taken now, such as a clock that is plainly wrong.
    private let pause: @Sendable () -> String?

    package init(
        inbox: Inbox, actors: ActorResolver, store: Store, identity: Identity, clock: Clock, log: Log,
        plainHTTPAllowed: Bool, pause: @escaping @Sendable () -> String? = { nil }
    ) {
        self.inbox = inbox
        self.actors = actors
        self.store = store
        self.identity = identity
        self.clock = clock
        self.log = log
        self.plainHTTPAllowed = plainHTTPAllowed
        self.pause = pause
    }

    package var routes: [Route] {
        let limit = BodyPolicy.buffered(limit: Limits.standard.bodyInbox)
        return [
            Route(.post, "/inbox", body: limit, handle: receive),
            Route(.post, "/actor/inbox", body: limit, handle: receive),
            Route(.post, "/users/:name/inbox", body: limit) { request in
                guard request.parameters["name"]?.lowercased() == identity.username.lowercased() else {
                    return .text(.notFound, "There is nobody of this name here.\n")
                }
                return try await receive(request)
            },
        ]
    }

    private func receive(_ request: Request) async throws -> Response {
        if let reason = pause() { return InboxEndpoint.later(reason) }
        guard case .bytes(let body) = request.body else {
            return .text(.badRequest, "The body is missing.\n")
        }
        let activity: Activity
        do {
            guard let read = Activity(try Document(body).root) else {
                return .text(.badRequest, "The document is not an activity: it needs a type and an actor.\n")
            }
            activity = read
        } catch {
            return .text(.badRequest, "The body is not JSON that is read here: \(error).\n")
        }
        do {
            if try isFarewell(activity) { return Response(.accepted) }
            let (sender, actor) = try await verify(request, activity, body)
            try await revive(sender)
            switch try await inbox.receive(activity, from: sender, actor: actor, body: body) {
            case .applied, .queued: return Response(.accepted)
            case .overloaded: return InboxEndpoint.later("Too many activities are waiting.")
            }
        } catch let fault as SignatureFault {
            log.info("activity refused", ["reason": String(describing: fault), "type": activity.type])
            return .text(fault.status, fault.reason + "\n")
        } catch let error as FetchError {
            return refused(error)
        } catch let error as StoreError {
            log.error("activity not taken", ["reason": String(describing: error)])
            return InboxEndpoint.later("The activity cannot be stored now.")
        } catch is DeliveriesFull {
            return InboxEndpoint.later("Too many answers are waiting.")
        }
    }

    /// Whether somebody of whom nothing is known says that something of theirs is gone or changed. Every server hears
    /// of every closed account; asking for the key would be one request each, to servers that often are gone too.
    private func isFarewell(_ activity: Activity) throws -> Bool {
        guard activity.type == "Delete" || activity.type == "Update" && activity.objectID == activity.actor
        else {
            return false
        }
        return try store.read { try Actors.id(forURI: activity.actor, in: $0) } == nil
    }

    private func verify(
        _ request: Request, _ activity: Activity, _ body: [UInt8]
    ) async throws -> (VerifiedSender, ActorID) {
        let verifier = try SignatureVerifier(
            SignedRequest(
                method: request.method, target: request.target.raw, host: identity.host,
                fields: request.fields,
                body: body),
            now: clock.now().seconds, allowsPlainHTTP: plainHTTPAllowed)
        // The key must be the actor's own; whether it is can mostly be seen before anything is fetched.
        guard verifier.keyID.mayBelong(to: activity.actor) else { throw SignatureFault.keyNotOwners }
        let key = try await actors.key(verifier.keyID.text)
        guard key.owner == activity.actor else { throw SignatureFault.keyNotOwners }
        do {
            return (try verifier.verify(key: key.key, keyOwner: key.owner), key.actor)
        } catch {
            guard error == .signatureInvalid,
                let fresh = try await actors.refreshedKey(verifier.keyID.text, insteadOf: key),
                fresh.owner == activity.actor
            else { throw error }
            return (try verifier.verify(key: fresh.key, keyOwner: fresh.owner), fresh.actor)
        }
    }

    /// A verified activity is a sign of life of a host that did not take ours.
    private func revive(_ sender: VerifiedSender) async throws {
        guard let host = WebURL(sender.actorID)?.authority,
            try store.read({ try Hosts.isFailing(named: host, in: $0) })
        else { return }
        try await store.write { tx in try Hosts.revive(named: host, in: tx) }
    }

    private func refused(_ error: FetchError) -> Response {
        switch error {
        case .passing(let reason):
            log.info("key not to be had", ["reason": reason])
            return InboxEndpoint.later("The key of the signature could not be fetched: \(reason).")
        case .gone:
            return .text(.unauthorized, "The key of the signature is gone.\n")
        case .refused(let reason):
            return .text(.unauthorized, "The key of the signature could not be fetched: \(reason).\n")
        }
    }

    private static func later(_ reason: String) -> Response {
        var response = Response.text(.serviceUnavailable, reason + "\n")
        response.fields["Retry-After"] = "300"
        return response
    }
}
