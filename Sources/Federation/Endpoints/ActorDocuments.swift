import Basics
package import Storage
import Synchronization

/// The documents of the owner and of the fetching actor, kept until the store says that the owner changed.
///
/// Every server that hears of the owner asks for them, and each costs several statements to make.
package final class ActorDocuments: Sendable {
    private enum Face: Sendable {
        case owner, instance
    }

    private struct Kept {
        var documents: [Face: PublicDocument] = [:]
        /// How often the owner changed, so that what was read before a change is not kept after it.
        var changes = 0
    }

    private let rendering: ActorRendering
    private let store: Store
    private let kept = Mutex(Kept())

    package init(identity: Identity, store: Store) {
        rendering = ActorRendering(identity: identity)
        self.store = store
        store.changes.listen { [weak self] change in
            guard change.contains(.owner) else { return }
            self?.kept.withLock { $0 = Kept(changes: $0.changes &+ 1) }
        }
    }

    /// The owner's actor; nil before there is an owner.
    package func owner() throws -> PublicDocument? {
        try document(.owner) { try rendering.document(in: $0) }
    }

    /// The actor that fetches; nil before there is an owner.
    package func instance() throws -> PublicDocument? {
        try document(.instance) { try rendering.instanceDocument(in: $0) }
    }

    private func document(_ face: Face, _ render: (Snapshot) throws -> [UInt8]?) throws -> PublicDocument? {
        let (known, changes) = kept.withLock { ($0.documents[face], $0.changes) }
        if let known { return known }
        guard let made = try store.read(render).map(PublicDocument.init) else { return nil }
        kept.withLock { kept in
            if kept.changes == changes { kept.documents[face] = made }
        }
        return made
    }
}
