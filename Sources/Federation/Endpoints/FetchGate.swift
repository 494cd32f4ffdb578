package import ActivityPub
import Basics
package import HTTP
package import Storage

/// Finds out who signed a request: nil when nobody did, or the signature is not good. It throws when that cannot be
/// told now.
package typealias SenderCheck = @Sendable (Request) async throws -> VerifiedSender?

/// Who may read a document.
///
/// With authorised fetch every reader of posts and collections has to sign and must not be blocked. Without it
/// signatures are not looked at, so that a broken one harms nobody, except where a post is not for everybody.
package struct FetchGate: Sendable {
    /// A reader as far as they matter.
    enum Reader {
        case anybody
        case known(uri: String, row: ActorID?)
    }

    /// Whether every reader has to sign.
    let authorizesFetch: Bool
    private let check: SenderCheck?
    private let store: Store

    package init(store: Store, authorizesFetch: Bool, check: SenderCheck?) {
        self.store = store
        self.authorizesFetch = authorizesFetch
        self.check = check
    }

    /// Lets a reader of posts and collections in, or says why not.
    func admit(_ request: Request) async throws -> Result<Reader, Refusal> {
        guard authorizesFetch else { return .success(.anybody) }
        return try await signer(of: request)
    }

    /// Who signed: 401 when nobody did or it is not true, 403 for whoever is blocked, 503 when it cannot be told now.
    func signer(of request: Request) async throws -> Result<Reader, Refusal> {
        let sender: VerifiedSender?
        do {
            sender = try await check?(request)
        } catch is SignatureFault {
            sender = nil
        } catch let error as StoreError {
            throw error
        } catch {
            return .failure(.later)
        }
        guard let sender else { return .failure(.unsigned) }
        return try store.read { snapshot in
            let row = try Actors.id(forURI: sender.actorID, in: snapshot)
            if try isBlocked(sender.actorID, row, in: snapshot) { return .failure(.blocked) }
            return .success(.known(uri: sender.actorID, row: row))
        }
    }

    /// Whether somebody who signed may read this post of the owner's: it names them, or they follow and it is for
    /// followers.
    func maySee(_ status: Storage.Status, _ reader: Reader, in snapshot: Snapshot) throws -> Bool {
        if status.visibility.isOpen { return true }
        guard case .known(_, let row?) = reader else { return false }
        if try Mentions.contains(status: status.id, actor: row, in: snapshot) { return true }
        return try status.visibility == .private && Followers.contains(row, in: snapshot)
    }

    private func isBlocked(_ uri: String, _ row: ActorID?, in snapshot: Snapshot) throws -> Bool {
        if let row, try Blocks.contains(row, in: snapshot) { return true }
        guard let authority = WebURL(uri)?.authority else { return true }
        return try DomainBlocks.covers(authority, in: snapshot)
    }

    /// Why somebody may not read.
    enum Refusal: Error {
        case unsigned, blocked, later

        var response: Response {
            var response: Response
            switch self {
            case .unsigned:
                response = .text(.unauthorized, "The request must be signed.\n")
                response.fields["Accept-Signature"] = AcceptSignature.value(for: .get)
            case .blocked:
                response = .text(.forbidden, "This is not for you.\n")
            case .later:
                response = .text(.serviceUnavailable, "The key of the signature cannot be had now.\n")
                response.fields["Retry-After"] = "300"
            }
            response.fields["Vary"] = "Accept, Signature"
            response.fields["Cache-Control"] = "private, no-store"
            return response
        }
    }
}
