import Federation
import Storage
import Synchronization

/// Keeps how the pages look, until something is committed.
final class AppearanceMemory: Sendable {
    /// The appearance with its style sheet ready to be sent.
    struct Look: Sendable {
        let appearance: Appearance
        let stylesheet: PublicDocument

        init(_ appearance: Appearance) {
            self.appearance = appearance
            stylesheet = PublicDocument(Array(appearance.stylesheet.utf8))
        }

        /// Changes with the content, so that a browser may keep it for ever.
        var version: String { stylesheet.etag.filter { $0 != "\"" } }
    }

    private let store: Store
    private let kept = Mutex<(version: Int64, look: Look)?>(nil)
    /// What the owner looks at before deciding; one, as there is one owner.
    private let draft = Mutex<Look?>(nil)

    init(_ store: Store) {
        self.store = store
    }

    /// How the pages look now.
    var current: Look {
        do {
            let version = try store.version()
            if let look = kept.withLock({ $0?.version == version ? $0?.look : nil }) { return look }
            let look = Look(try store.read { try Appearance(in: $0) })
            kept.withLock { $0 = (version, look) }
            return look
        } catch {
            // A page that says that the database does not answer must not need it.
            return kept.withLock { $0?.look } ?? Look(Appearance())
        }
    }

    /// What is tried, if something was since the start.
    var tried: Look? { draft.withLock { $0 } }

    func trying(_ appearance: Appearance) -> Look {
        let look = Look(appearance)
        draft.withLock { $0 = look }
        return look
    }
}

extension Layout {
    /// The owner's words, for all pages.
    var words: Words { appearances.current.appearance.words }
}

extension Visit {
    /// The owner's words.
    var words: Words { pages.layout.words }
}
