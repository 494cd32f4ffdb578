package import ActivityPub
package import Basics
import Crypto
package import HTTP
package import Storage

/// Finds out who signed a request that came.
package struct SignatureCheck: Sendable {
    private let actors: ActorResolver
    private let errands: Errands
    private let store: Store
    private let clock: Clock
    private let plainHTTPAllowed: Bool

    package init(
        actors: ActorResolver, errands: Errands, store: Store, clock: Clock, plainHTTPAllowed: Bool
    ) {
        self.actors = actors
        self.errands = errands
        self.store = store
        self.clock = clock
        self.plainHTTPAllowed = plainHTTPAllowed
    }

    /// The actor whose key signed, and their row, which is made when there is none.
    ///
    /// A remembered key that does not verify is asked for again once. Nothing of somebody unknown is stored before
    /// their signature has proved good.
    ///
    /// - Returns: also whether the signature covers a field.
    /// - Throws: `SignatureFault`, `FetchError`, `KeyError`, `StoreError`.
    package func sender(
        of request: SignedRequest, preferring actor: String? = nil
    ) async throws -> (sender: VerifiedSender, actor: ActorID, covers: @Sendable (String) -> Bool) {
        let verifier = try SignatureVerifier(
            request, now: clock.now().seconds, allowsPlainHTTP: plainHTTPAllowed, preferring: actor)
        let keyID = verifier.keyID.text
        var key = try await actors.keys.key(keyID)
        let sender: VerifiedSender
        do {
            sender = try verifier.verify(key: key.key, keyOwner: key.owner)
        } catch {
            guard error == .signatureInvalid,
                let fresh = try await actors.keys.refreshed(keyID, insteadOf: key)
            else { throw error }
            key = fresh
            sender = try verifier.verify(key: key.key, keyOwner: key.owner)
        }
        return (sender, try await row(of: key, keyID), { verifier.covers($0) })
    }

    /// Who signed a question for a document; nil when nobody did, or it is not true.
    ///
    /// - Throws: when that cannot be told now.
    package func reader(_ request: Request, host: String, scheme: String) async throws -> VerifiedSender? {
        let signed = SignedRequest(
            method: request.method, target: request.target.raw, host: host, scheme: scheme,
            fields: request.fields, body: [])
        do {
            return try await sender(of: signed).sender
        } catch is SignatureFault {
            return nil
        } catch is KeyError {
            return nil
        } catch is Departed {
            return nil
        } catch let error as FetchError {
            if error.isPassing { throw error }
            return nil
        }
    }

    private func row(of key: KeyRing.Key, _ keyID: String) async throws -> ActorID {
        if let actor = key.actor {
            // Whoever was not needed for long has no row any more, although their key is remembered.
            if try store.read({ try Actors.id(forURI: key.owner, in: $0) }) == actor {
                errands.noteActing(key.owner, lastRead: key.readAt)
                return actor
            }
            actors.keys.forget(key.owner)
        }
        guard try !store.read({ try Tombstones.contains(Departed.mark(key.owner), in: $0) }) else {
            throw Departed()
        }
        let again = try await key.found == nil ? actors.keys.key(keyID) : key
        guard let found = again.found else { throw SignatureFault.keyNotOwners }
        let actor = try await actors.keep(found)
        actors.keys.remember(key, as: keyID, actor: actor)
        return actor
    }
}

/// Somebody who deleted their account says something that comes late.
struct Departed: Error {
    /// What is remembered of them: no address, so that nobody else can delete it into being.
    static func mark(_ actor: String) -> String { "departed " + actor }
}
