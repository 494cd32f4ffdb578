import Synchronization

/// News for several listeners inside the program, delivered on the sender's thread in the order of listening.
///
/// A listener only notes what it heard and rings its own bell; it must not block.
package final class Broadcast<News: Sendable>: Sendable {
    private let listeners = Mutex<[@Sendable (News) -> Void]>([])

    package init() {}

    /// Adds a listener for the life of the program.
    package func listen(_ listener: @escaping @Sendable (News) -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    package func send(_ news: News) {
        for listener in listeners.withLock({ $0 }) { listener(news) }
    }
}
