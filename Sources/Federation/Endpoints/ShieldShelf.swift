import Basics

/// What `Shield` has in memory: who was asked for longest ago makes room, first among those that were asked for only
/// once.
struct ShieldShelf {
    private final class Entry {
        let answer: ShieldedAnswer
        let size: Int
        let version: Int64
        /// When the store was last known to have nothing newer.
        var checked: Timestamp
        var lastUse: UInt64
        /// Whether somebody asked for it a second time.
        var isProven: Bool
        /// How it was asked for, as far as that is remembered.
        var spellings: [String] = []

        init(
            _ answer: ShieldedAnswer, size: Int, version: Int64, checked: Timestamp, lastUse: UInt64,
            isProven: Bool
        ) {
            self.answer = answer
            self.size = size
            self.version = version
            self.checked = checked
            self.lastUse = lastUse
            self.isProven = isProven
        }
    }

    /// What one address has to give.
    struct Faces {
        var page: Shield.Key?
        var document: Shield.Key?
    }

    /// Spellings that are remembered of one address, and bytes of one. They are in what an answer is said to take.
    private static let mostSpellings = 2
    private static let longestSpelling = 128

    let bounds: Shield.Bounds
    /// How often everything was dropped, so that what was read before a change is not kept after it.
    private(set) var changes: UInt64 = 0
    /// Bytes of all, and of those that were asked for only once.
    private(set) var size = 0
    private var unproven = 0
    private var entries: [Shield.Key: Entry] = [:]
    /// What is asked for with these words, so that a question that was asked before needs no other look.
    private var spellings: [String: Faces] = [:]
    private var uses: UInt64 = 0

    init(bounds: Shield.Bounds) {
        self.bounds = bounds
    }

    var count: Int { entries.count }

    /// What is kept under this key, which counts as a use; whether it is good without looking at the store, and if not, for
    /// which version of it.
    mutating func find(
        _ key: Shield.Key, at now: Timestamp
    ) -> (answer: ShieldedAnswer, isFresh: Bool, version: Int64)? {
        guard let entry = entries[key] else { return nil }
        uses &+= 1
        entry.lastUse = uses
        if !entry.isProven {
            entry.isProven = true
            unproven -= entry.size
        }
        let isFresh = entry.checked <= now && now - entry.checked < bounds.lifetime
        return (entry.answer, isFresh, entry.version)
    }

    /// Notes that nothing was committed since this version.
    mutating func renew(_ key: Shield.Key, version: Int64, at now: Timestamp) {
        guard let entry = entries[key], entry.version == version else { return }
        entry.checked = now
    }

    /// - Parameters:
    ///   - made: when its data were read, and at which version of the store.
    ///   - changes: the number at that time; another one by now, and it is not kept.
    mutating func put(
        _ answer: ShieldedAnswer, for key: Shield.Key, made: Timestamp, version: Int64, changes: UInt64
    ) {
        guard changes == self.changes else { return }
        let wasProven = entries[key]?.isProven ?? false
        remove(key)
        uses &+= 1
        let entry = Entry(
            answer, size: answer.size + key.address.utf8.count, version: version, checked: made,
            lastUse: uses,
            isProven: wasProven)
        entries[key] = entry
        size += entry.size
        if !wasProven { unproven += entry.size }
        while unproven > bounds.unproven, let key = longestUnused(isProven: false) { remove(key) }
        while size > bounds.bytes, let key = longestUnused() { remove(key) }
    }

    /// Remembers that this is how somebody asked for what is kept under this key.
    mutating func note(_ spelling: String, of key: Shield.Key) {
        guard let entry = entries[key], entry.spellings.count < ShieldShelf.mostSpellings,
            spelling.utf8.count <= ShieldShelf.longestSpelling, !entry.spellings.contains(spelling)
        else { return }
        entry.spellings.append(spelling)
        switch key.face {
        case .page: spellings[spelling, default: Faces()].page = key
        case .document: spellings[spelling, default: Faces()].document = key
        }
    }

    func faces(of spelling: String) -> Faces? { spellings[spelling] }

    mutating func clear() {
        entries = [:]
        spellings = [:]
        (size, unproven) = (0, 0)
        changes &+= 1
    }

    /// Some hundred are looked at, and only when one has to go.
    private func longestUnused(isProven: Bool? = nil) -> Shield.Key? {
        entries.lazy.filter { isProven == nil || $0.value.isProven == isProven }
            .min { $0.value.lastUse < $1.value.lastUse }?.key
    }

    private mutating func remove(_ key: Shield.Key) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        size -= entry.size
        if !entry.isProven { unproven -= entry.size }
        for spelling in entry.spellings {
            switch key.face {
            case .page: spellings[spelling]?.page = nil
            case .document: spellings[spelling]?.document = nil
            }
            if let faces = spellings[spelling], faces.page == nil, faces.document == nil {
                spellings[spelling] = nil
            }
        }
    }
}
