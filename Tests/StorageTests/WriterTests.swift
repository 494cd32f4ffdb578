import Basics
import Foundation
import SQLite
import Synchronization
import Testing

@testable import Storage

@Suite struct WriterTests {
    private struct Refusal: Error {}

    /// Keeps the writing thread busy until it is told to go on, so that what follows waits together.
    private final class Hold: Sendable {
        private let begun = DispatchSemaphore(value: 0)
        private let go = DispatchSemaphore(value: 0)

        func inside() {
            begun.signal()
            go.wait()
        }

        func awaitBegin() { begun.wait() }
        func release() { go.signal() }
    }

    private func bookmarks(_ store: TestStore) throws -> [Int64] {
        try store.read { try Bookmarks.page(Page(limit: 1_000), in: $0).map(\.status.value).sorted() }
    }

    /// Runs these jobs so that they wait in line together; the outcomes are in the order of the jobs.
    private func together(
        _ store: TestStore, _ jobs: [@Sendable (Transaction) throws -> Void]
    ) async -> [(any Error)?] {
        let hold = Hold()
        // An immediate task has put its job into the queue when it first waits.
        let first = Task.immediate { try await store.write { _ in hold.inside() } }
        await Task.detached { hold.awaitBegin() }.value
        let tasks = jobs.map { job in Task.immediate { try await store.write(job) } }
        hold.release()
        var outcomes: [(any Error)?] = []
        for task in [first] + tasks {
            switch await task.result {
            case .success: outcomes.append(nil)
            case .failure(let error): outcomes.append(error)
            }
        }
        return Array(outcomes.dropFirst())
    }

    private func bookmark(_ id: Int64) -> @Sendable (Transaction) throws -> Void {
        { tx in
            try Bookmarks.insert(StatusID(id), in: tx)
            tx.announce(.owner)
        }
    }

    @Test func `a job that fails takes nobody along`() async throws {
        let store = try TestStore()
        let outcomes = await together(
            store,
            [
                bookmark(1),
                { tx in
                    try Bookmarks.insert(StatusID(2), in: tx)
                    throw Refusal()
                },
                bookmark(3),
                { tx in
                    try Bookmarks.insert(StatusID(4), in: tx)
                    try tx.db.run("SELEKT")
                },
                bookmark(5),
            ])
        #expect(try bookmarks(store) == [1, 3, 5])
        #expect(outcomes.map { $0 == nil } == [true, false, true, false, true])
        #expect(outcomes[1] is Refusal)
        guard case .sqlite = outcomes[3] as? StoreError else {
            Issue.record("not \(String(describing: outcomes[3]))")
            return
        }
    }

    @Test func `jobs that wait together share a commit, up to the bound`() async throws {
        for (limit, commits) in [(256, 1), (4, 3), (1, 10)] {
            var limits = Store.Limits()
            limits.writesPerCommit = limit
            let store = try TestStore(limits: limits)
            let tally = Tally()
            store.store.changes.listen { _ in tally.add() }
            _ = await together(store, (1...10).map { bookmark($0) })
            #expect(try bookmarks(store) == Array(1...10))
            // The last news may come after the last answer.
            await store.store.close()
            #expect(tally.count == commits, "\(limit) a commit")
        }
    }

    @Test func `news is told after the commit, once, and never of what failed`() async throws {
        let store = try TestStore()
        let heard = Heard()
        store.store.changes.listen { [unowned store] changes in
            // A listener that reads sees what it is told of.
            heard.add(changes, (try? store.read { try Bookmarks.page(Page(limit: 9), in: $0).count }) ?? -1)
        }
        try await store.write { tx in
            try Bookmarks.insert(StatusID(1), in: tx)
            tx.announce(.fetches)
            tx.announce(.deliveries)
        }
        try? await store.write { tx in
            tx.announce(.owner)
            throw Refusal()
        }
        try await store.write { _ in }
        await store.store.close()
        #expect(heard.all.map(\.changes) == [[.fetches, .deliveries]])
        #expect(heard.all.map(\.rows) == [1])
    }

    @Test func `a full queue refuses the next job and nobody else`() async throws {
        var limits = Store.Limits()
        limits.waitingWrites = 2
        let store = try TestStore(limits: limits)
        let outcomes = await together(store, (1...4).map { bookmark($0) })
        #expect(outcomes.prefix(2).allSatisfy { $0 == nil })
        for outcome in outcomes.suffix(2) {
            guard case .overloaded = outcome as? StoreError else {
                Issue.record("not \(String(describing: outcome))")
                continue
            }
        }
        #expect(try bookmarks(store) == [1, 2])
    }

    @Test func `a closed store has written what waited, refuses more, and still answers`() async throws {
        let store = try TestStore()
        let waiting = (1...3 as ClosedRange<Int64>).map { number in
            let job = bookmark(number)
            return Task.immediate { try await store.write(job) }
        }
        await store.store.close()
        for task in waiting { try await task.value }
        #expect(try bookmarks(store) == [1, 2, 3])
        let error = await #expect(throws: StoreError.self) { try await store.write { _ in } }
        guard case .closed = error else {
            Issue.record("not \(String(describing: error))")
            return
        }
        await store.store.close()
        await store.store.tidy()
    }

    @Test func `after a clean stop everything is in one file`() async throws {
        let store = try TestStore()
        try await store.write(bookmark(7))
        await store.store.close()
        let log = try FileManager.default.attributesOfItem(atPath: store.path + "-wal")[.size] as? Int
        #expect(log == 0)
        let again = try Store(path: store.path)
        #expect(try again.read { try Bookmarks.page(Page(limit: 9), in: $0).map(\.status.value) } == [7])
        await again.close()
    }

    @Test func `a full disk is told as such, harms nobody else and passes`() async throws {
        let store = try TestStore()
        try await store.write(bookmark(1))
        // The bound belongs to the connection and stands for the size of the disk.
        try await store.write { tx in
            let pages = try tx.db.first("PRAGMA page_count") { $0.int(0) } ?? 0
            _ = try tx.db.first("PRAGMA max_page_count") { $0.int(0) }
            try tx.db.execute("PRAGMA max_page_count = \(pages + 2)")
        }
        let large: @Sendable (Transaction) throws -> Void = { tx in
            _ = try Inbound.append(
                sender: "x", body: [UInt8](repeating: 1, count: 200_000), at: TestStore.now, in: tx)
        }
        let outcomes = await together(store, [bookmark(2), large, bookmark(3)])
        #expect((outcomes[1] as? StoreError)?.isOutOfSpace == true)
        #expect(outcomes[2] == nil)
        // Whoever was told that it is written finds it; whoever was not, does not.
        let kept = outcomes[0] == nil ? [1, 2, 3] : [1, 3] as [Int64]
        #expect(try bookmarks(store) == kept)
        #expect(try store.read { try Inbound.count(in: $0) } == 0)
        try await store.write { tx in try tx.db.execute("PRAGMA max_page_count = 100000") }
        try await store.write(large)
        #expect(try store.read { try Inbound.count(in: $0) } == 1)
    }

    @Test func `a long log is moved when nothing happens`() async throws {
        var limits = Store.Limits()
        limits.idleLogPages = 2
        let store = try TestStore(limits: limits)
        func logBytes() throws -> Int {
            try FileManager.default.attributesOfItem(atPath: store.path + "-wal")[.size] as? Int ?? -1
        }
        try await store.write(bookmark(1))
        #expect(try logBytes() > 0)
        await store.store.tidy()
        #expect(try logBytes() == 0)
        #expect(try bookmarks(store) == [1])
    }
}

/// How often something happened.
private final class Tally: Sendable {
    private let state = Mutex(0)

    var count: Int { state.withLock { $0 } }

    func add() { state.withLock { $0 += 1 } }
}

/// News as a listener heard it, with what it could read at that moment.
private final class Heard: Sendable {
    private let state = Mutex<[(changes: Changes, rows: Int)]>([])

    var all: [(changes: Changes, rows: Int)] { state.withLock { $0 } }

    func add(_ changes: Changes, _ rows: Int) { state.withLock { $0.append((changes, rows)) } }
}
