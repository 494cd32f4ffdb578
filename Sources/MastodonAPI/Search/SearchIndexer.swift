package import Basics
package import Storage

/// Writes to the search index what came since the last time, some seconds later and many posts at once.
///
/// What waits is in the database, so a stop or a crash loses nothing.
package final class SearchIndexer: Sendable {
    /// Posts, and people, in one transaction: other writers wait as long.
    private static let batch = 100
    /// In which posts that come together gather.
    private static let gathering = Duration.seconds(2)

    private let store: Store
    private let clock: Clock
    private let log: Log
    private let bell = Doorbell()

    package init(store: Store, clock: Clock, log: Log) {
        self.store = store
        self.clock = clock
        self.log = log
        store.changes.listen { [bell] news in
            if news.contains(.unindexed) { bell.ring() }
        }
    }

    /// Works until cancelled.
    package func run() async {
        let pause = Doorbell()
        while !Task.isCancelled {
            var retry: Duration?
            do {
                try await catchUp()
            } catch {
                log.error("the search index cannot be written", ["error": String(describing: error)])
                retry = .seconds(60)
            }
            await bell.wait(atMost: retry, clock: clock)
            await pause.wait(atMost: Self.gathering, clock: clock)
        }
    }

    /// Indexes everything that waits.
    package func catchUp() async throws {
        while try !Task.isCancelled && store.read({ try SearchIndex.isBehind(in: $0) }) {
            try await store.write { tx in
                try SearchIndex.catchUp(
                    limit: Self.batch, words: SearchText.words, cut: SearchText.words(ofPerson:), in: tx)
            }
        }
    }
}
