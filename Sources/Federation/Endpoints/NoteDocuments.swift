import Basics
import Storage
import Synchronization

/// The owner's posts as documents, the most recently asked for, until the store says that posts changed.
///
/// A post that becomes popular is asked for by every server that hears of it, within minutes.
final class NoteDocuments: Sendable {
    /// Documents kept, of about 2 KB each; beyond it any one makes room.
    private static let most = 128

    private struct Kept {
        var documents: [StatusID: PublicDocument] = [:]
        /// How often posts changed, so that what was read before a change is not kept after it.
        var changes = 0
    }

    private let kept = Mutex(Kept())

    init(store: Store) {
        store.changes.listen { [weak self] change in
            guard !change.isDisjoint(with: [.owner, .ownPosts]) else { return }
            self?.kept.withLock { $0 = Kept(changes: $0.changes &+ 1) }
        }
    }

    /// The document of this post, made by `make` when it is not at hand.
    func document(_ id: StatusID, make: () throws -> [UInt8]?) rethrows -> PublicDocument? {
        let (known, changes) = kept.withLock { ($0.documents[id], $0.changes) }
        if let known { return known }
        guard let made = try make().map({ PublicDocument($0) }) else { return nil }
        kept.withLock { kept in
            guard kept.changes == changes else { return }
            if kept.documents.count >= NoteDocuments.most, let any = kept.documents.keys.first {
                kept.documents[any] = nil
            }
            kept.documents[id] = made
        }
        return made
    }
}
