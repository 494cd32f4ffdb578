import ActivityPub
import Basics
import HTTP
import Storage

/// One exchange: what is sent, and what came of it.
extension DeliveryWorker {
    struct Attempt {
        var outcome: DeliveryOutcome
        /// What was sent, if anything was.
        var letter: Deliveries.Sending?
        /// Whether the host answered without trouble of its own.
        var isAlive = false
        /// Whether the inbox may be elsewhere now.
        var isMoved = false
    }

    /// What a turn came to.
    private enum Turn {
        case send(Letter)
        case done(DeliveryOutcome)
    }

    func attempt(_ due: Deliveries.Due) async -> Attempt {
        guard let url = WebURL(due.url) else { return Attempt(outcome: .refused(reason: "not an address")) }
        let letter: Letter
        do {
            switch try turn(of: due) {
            case .done(let outcome): return Attempt(outcome: outcome)
            case .send(let found): letter = found
            }
        } catch {
            return Attempt(outcome: .postponed(reason: String(describing: error), after: nil))
        }
        let giveWay = clock.after(limits.patience) { self.giveWay(due) }
        defer { giveWay() }
        let request = OutboundRequest(
            method: .post, url: url,
            fields: [
                "Content-Type": "application/activity+json",
                "Accept": "application/activity+json, application/json",
                "User-Agent": userAgent,
            ],
            body: letter.sending.body, maxBody: 65_536, redirects: 0)
        do {
            let covered = letter.sending.synchronizes ? try synchronization(with: url) : nil
            let response = try await knock(
                request, as: letter.sending.asInstance ? .instance : .owner, digest: letter.digest,
                covered: covered)
            return Attempt(
                outcome: DeliveryOutcome(response, at: clock.now()), letter: letter.sending,
                isAlive: response.status.code < 500,
                isMoved: [301, 302, 307, 308, 401, 404, 410].contains(response.status.code))
        } catch let error as SendError {
            // An answer too long to read was an answer all the same, but not one that says "taken".
            return Attempt(outcome: DeliveryOutcome(error), letter: letter.sending)
        } catch {
            return Attempt(
                outcome: .postponed(reason: String(describing: error), after: nil), letter: letter.sending)
        }
    }

    /// Who follows from there, so that the other side can compare (FEP-8fcf).
    private func synchronization(with url: WebURL) throws -> (name: String, value: String) {
        let followers = try store.read { try Followers.uris(onOrigin: url.origin, in: $0) }
        let synchronization = CollectionSynchronization(
            collectionID: identity.followers, url: identity.followersSynchronization,
            digest: CollectionSynchronization.digest(of: followers))
        return ("Collection-Synchronization", synchronization.header)
    }

    private func turn(of due: Deliveries.Due) throws -> Turn {
        // A body that was read for another inbox serves for this one when nothing later waits behind it.
        let known = knownLetter(due.item)
        switch try store.read({ try Deliveries.turn(of: due, knowing: known?.sending, in: $0) }) {
        case .gone: return .done(.needless)
        case .superseded: return .done(.needless)
        case .cancelled(let last): return .done(.cancelled(through: last))
        case .send(let sending):
            if let known, known.sending.body == sending.body {
                return .send(Letter(sending: sending, digest: known.digest))
            }
            let letter = Letter(sending: sending, digest: digest(sending.body))
            remember(letter, of: due.item)
            return .send(letter)
        }
    }
}
