import Storage
import Synchronization

/// Keeps the filters as they were last made ready, until one of them changes.
final class FilterMemory: Sendable {
    private let kept = Mutex<(version: Int64, index: FilterIndex)?>(nil)

    /// The filters as this snapshot has them; nil when there is nothing to look for.
    ///
    /// Whether they are still the same is asked of the snapshot and not told by `Changes.filters`, because that comes
    /// a moment after the commit, in which a read would keep the old ones for good.
    func current(in snapshot: Snapshot) throws -> FilterIndex? {
        guard let version = try Filters.version(in: snapshot) else { return nil }
        let known = kept.withLock { $0?.version == version ? $0?.index : nil }
        if let known { return known.isEmpty ? nil : known }
        let index = FilterIndex(try Filters.all(in: snapshot))
        // What a transaction sees may yet be undone, and its number used again.
        if !(snapshot is Transaction) { kept.withLock { $0 = (version, index) } }
        return index.isEmpty ? nil : index
    }
}
