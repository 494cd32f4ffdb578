import ActivityPub
package import Basics
import Crypto
package import HTTP
import JSON
package import Storage
import Synchronization

/// `POST /inbox` and the personal inboxes: one handler, because the target follows from the addressing.
///
/// The answer is 202 only when the effects, or the activity itself, are on disk.
package struct InboxEndpoint: Sendable {
    private static let notePause = Duration.minutes(5)
    private static let oldestProof = Duration.days(14)

    private let inbox: Inbox
    private let check: SignatureCheck
    private let errands: Errands
    private let store: Store
    private let identity: Identity
    private let clock: Clock
    private let log: Log
    private let lastNoted = Shared<Timestamp?>(nil)
    /// Why nothing can be taken now, such as a clock that is plainly wrong.
    private let pause: @Sendable () -> String?

    package init(
        inbox: Inbox, check: SignatureCheck, errands: Errands, store: Store, identity: Identity,
        clock: Clock, log: Log, pause: @escaping @Sendable () -> String? = { nil }
    ) {
        self.inbox = inbox
        self.check = check
        self.errands = errands
        self.store = store
        self.identity = identity
        self.clock = clock
        self.log = log
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
        guard case .bytes(let body) = request.body else { return refuse(.badRequest, "The body is missing.") }
        let activity: Activity
        do {
            guard let read = Activity(try Document(body).root) else {
                return refuse(.badRequest, "The document is not an activity: it needs a type and an actor.")
            }
            activity = read
        } catch {
            return refuse(.badRequest, "The body is not JSON that is read here: \(error).")
        }
        do {
            if try isFarewell(activity) { return Response(.accepted) }
            let (sender, actor) = try await verify(request, activity, body)
            try await revive(sender)
            try await noteActivity()
            switch try await inbox.receive(activity, from: sender, actor: actor, body: body) {
            case .applied, .queued: return Response(.accepted)
            case .ignored:
                log.debug("activity ignored", ["type": activity.type, "from": sender.actorID])
                return Response(.accepted)
            case .overloaded: return InboxEndpoint.later("Too many activities are waiting.")
            }
        } catch is Departed {
            return Response(.accepted)
        } catch let fault as SignatureFault {
            var response = refuse(fault.status, fault.reason, of: activity)
            if fault.status == .unauthorized {
                // What to sign instead, for those who can (RFC 9421 section 5.1).
                response.fields["Accept-Signature"] = AcceptSignature.value(for: .post)
            }
            return response
        } catch let error as FetchError {
            if case .gone = error, activity.type == "Delete", activity.objectID == activity.actor {
                // Nobody can sign any more; whether they are gone, their own server says.
                errands.add(.refresh(activity.actor))
                return Response(.accepted)
            }
            return refused(error)
        } catch let error as KeyError {
            return refuse(.unauthorized, "The key of the signature cannot be used: \(error).", of: activity)
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

    /// Who vouches for an activity: whoever signed the request or, where a proof of its actor comes with it, that
    /// actor (FEP-8b32).
    private func verify(
        _ request: Request, _ activity: Activity, _ body: [UInt8]
    ) async throws -> (VerifiedSender, ActorID) {
        let signed = SignedRequest(
            method: request.method, target: request.target.raw, host: identity.host, scheme: identity.scheme,
            fields: request.fields, body: body)
        let (sender, actor, covers) = try await check.sender(of: signed, preferring: activity.actor)
        if sender.actorID == activity.actor {
            if covers("collection-synchronization") { compareFollowers(sender, request) }
            return (sender, actor)
        }
        return try proven(activity) ?? (sender, actor)
    }

    /// The actor of a forwarded activity, if they are known and proved it to be theirs.
    private func proven(_ activity: Activity) throws -> (VerifiedSender, ActorID)? {
        guard let proof = IntegrityProof(activity.document), let created = proof.created,
            // What is older may have been taken back, and that be forgotten.
            created > (clock.now() - InboxEndpoint.oldestProof).seconds,
            let (actor, stored) = try store.read({ snapshot in
                try Actors.id(forURI: activity.actor, in: snapshot).map {
                    ($0, try Actors.proofKeys(ofURI: activity.actor, in: snapshot))
                }
            }),
            let key = StoredActor.proofKey(proof.verificationMethod, in: stored, at: clock.now())
        else { return nil }
        do {
            let now = clock.now().seconds
            return (
                try proof.verify(activity.document, key: key, owner: activity.actor, now: now), actor
            )
        } catch {
            log.info("proof not believed", ["reason": String(describing: error), "type": activity.type])
            return nil
        }
    }

    /// Compares who follows whom, by what the sender says of it (FEP-8fcf).
    private func compareFollowers(_ sender: VerifiedSender, _ request: Request) {
        guard let header = request.fields.joined("Collection-Synchronization"),
            let theirs = CollectionSynchronization(header)
        else { return }
        errands.add(.compareFollowers(of: sender.actorID, theirs))
    }

    /// A verified activity is a sign of life of a host that did not take ours.
    private func revive(_ sender: VerifiedSender) async throws {
        guard let host = WebURL(sender.actorID)?.authority,
            try store.read({ try Hosts.isFailing(named: host, in: $0) })
        else { return }
        try await store.write { tx in try Hosts.revive(named: host, in: tx) }
    }

    /// Remembers now and then that something came, so that the next start knows since when nothing did.
    private func noteActivity() async throws {
        let now = clock.now()
        let isDue = lastNoted.withLock { last in
            if let known = last, now - known < InboxEndpoint.notePause { return false }
            last = now
            return true
        }
        guard isDue else { return }
        try await store.write { tx in
            try Settings.set(.lastActivity, to: String(now.milliseconds), in: tx)
        }
    }

    private func refused(_ error: FetchError) -> Response {
        switch error {
        case .passing(let reason):
            log.info("key not to be had", ["reason": reason])
            return InboxEndpoint.later("The key of the signature could not be fetched: \(reason).")
        case .gone, .missing:
            return refuse(.unauthorized, "The key of the signature is gone.")
        case .refused(let reason):
            return refuse(.unauthorized, "The key of the signature could not be fetched: \(reason).")
        }
    }

    /// Says no, to the other side and to the owner's log.
    private func refuse(_ status: HTTP.Status, _ reason: String, of activity: Activity? = nil) -> Response {
        log.info("activity refused", ["reason": reason, "type": activity?.type ?? ""])
        return .text(status, reason + "\n")
    }

    private static func later(_ reason: String) -> Response {
        var response = Response.text(.serviceUnavailable, reason + "\n")
        response.fields["Retry-After"] = "300"
        return response
    }
}

/// A value behind a lock, which copies of a struct share.
private final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func withLock<T>(_ body: (inout Value) -> T) -> T {
        value.withLock { value in body(&value) }
    }
}
