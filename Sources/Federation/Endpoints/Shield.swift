package import Basics
package import HTTP
package import Storage
import Synchronization

/// Complete answers for everybody, kept in memory, so that a crowd costs hardly more than one reader.
///
/// A post that becomes popular is asked for within minutes by every server that hears of it, by the link previews of
/// their people, and by their browsers. Each answer is made once a change: what the owner does is seen at once, what
/// others do, such as likes and replies, after `Bounds.lifetime` at most. While one is being made, all who ask for it
/// wait for the same one.
///
/// Only what is there is kept, and only under names that we gave, so that questions for nonsense keep nothing.
package final class Shield: Sendable {
    /// What may be in memory, in bytes that count what it takes to keep an answer.
    package struct Bounds: Sendable {
        /// All answers together. Issue 6 gives them 2 MB; the allocator needs some of it.
        package var bytes = 1_500_000
        /// The largest one. The page of a post with all its replies has half of it.
        package var largest = 256 << 10
        /// Those that were asked for only once, together: who goes through all pages drives out nothing that many want.
        package var unproven = 375_000
        /// How long an answer is good without asking the store whether anything was committed since.
        package var lifetime = Duration.seconds(5)

        package init() {}
    }

    /// What is asked for, in one spelling whatever that of the request was.
    package struct Key: Hashable, Sendable {
        /// An address may have two.
        enum Face: Hashable {
            case page, document
        }

        let face: Face
        let address: String

        /// - Parameter address: path and query, without any parameter that changes nothing.
        package static func page(_ address: String) -> Key { Key(face: .page, address: address) }
        package static func document(_ address: String) -> Key { Key(face: .document, address: address) }
    }

    /// Answers of before and after a change of the owner's are not the same flight.
    private struct Flight: Hashable {
        let key: Key
        let changes: UInt64
    }

    /// What the owner did that anybody may see; the rest waits for `Bounds.lifetime`.
    private static let ownChanges: Changes = [.owner, .ownPosts, .blocks, .domainBlocks]

    private let store: Store
    private let now: @Sendable () -> Timestamp
    private let bounds: Bounds
    private let shelf: Mutex<ShieldShelf>
    private let flights = SingleFlight<Flight, Result<ShieldedAnswer, any Error>>()

    package init(
        store: Store, now: @escaping @Sendable () -> Timestamp = Timestamp.current, bounds: Bounds = Bounds()
    ) {
        self.store = store
        self.now = now
        self.bounds = bounds
        shelf = Mutex(ShieldShelf(bounds: bounds))
        store.changes.listen { [weak self] change in
            guard !change.isDisjoint(with: Shield.ownChanges) else { return }
            self?.drop()
        }
    }

    /// The answer to `request`: the kept one, 304 to who has it, or what `make` makes, which must depend on `key` alone.
    ///
    /// A 200 whose content is in memory is kept; it gets an ETag if it has none.
    ///
    /// - Parameter request: nil to get the whole answer, whatever the reader has.
    package func answer(
        _ key: Key, to request: Request?, make: () async throws -> Response
    ) async throws -> Response {
        if let known = try known(key) { return known.response(to: request?.fields) }
        let answer = try await made(key, make)
        if let request { shelf.withLock { $0.note(request.target.raw, of: key) } }
        return answer.response(to: request?.fields)
    }

    /// The kept answer to whoever asks in the same words as somebody before, if there is one. Nothing is made, and nobody
    /// has to wait.
    package func atHand(_ target: Target, _ fields: Fields) -> Response? {
        guard let faces = shelf.withLock({ $0.faces(of: target.raw) }),
            let key = Negotiation.wantsDocument(fields) ? faces.document : faces.page
        else { return nil }
        // A store that cannot be asked now is the maker's to tell of.
        return (try? known(key))?.response(to: fields)
    }

    /// Not inlined, so that whoever gets what is kept has no frame for what it takes to make it.
    @inline(never)
    private func made(_ key: Key, _ make: () async throws -> Response) async throws -> ShieldedAnswer {
        let changes = shelf.withLock { $0.changes }
        let result = await flights.value(for: Flight(key: key, changes: changes)) {
            do {
                return .success(try await fetch(key, changes, make))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Forgets everything, for when what is shown depends on something else that changed.
    package func drop() {
        shelf.withLock { $0.clear() }
    }

    /// Bytes that are kept, and how many answers they are.
    package var load: (bytes: Int, answers: Int) { shelf.withLock { ($0.size, $0.count) } }

    private func known(_ key: Key) throws -> ShieldedAnswer? {
        let now = now()
        guard let (answer, isFresh, version) = shelf.withLock({ $0.find(key, at: now) }) else { return nil }
        if isFresh { return answer }
        guard try store.version() == version else { return nil }
        shelf.withLock { $0.renew(key, version: version, at: now) }
        return answer
    }

    private func fetch(
        _ key: Key, _ changes: UInt64, _ make: () async throws -> Response
    ) async throws -> ShieldedAnswer {
        // Before anything is read: what is committed meanwhile makes it old.
        let (now, version) = (now(), try store.version())
        let answer = ShieldedAnswer(try await make())
        if answer.isWorthKeeping, answer.size <= bounds.largest {
            shelf.withLock { $0.put(answer, for: key, made: now, version: version, changes: changes) }
        }
        return answer
    }
}
