import Glibc
import SQLite

/// The connection that answers questions.
///
/// `@unchecked Sendable`: the connection is only touched while `mutex` is held.
final class Reader: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let snapshot: Snapshot

    init(_ connection: Connection) {
        snapshot = Snapshot(connection)
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        try snapshot.db.run("BEGIN")
        do {
            let result = try body(snapshot)
            try snapshot.db.run("COMMIT")
            return result
        } catch {
            // The first error is the one that says why.
            try? snapshot.db.run("ROLLBACK")
            throw error
        }
    }

    /// <https://www.sqlite.org/pragma.html#pragma_data_version>
    func version() throws -> Int64 {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try snapshot.db.first("PRAGMA data_version") { $0.int64(0) } ?? 0
    }

    var statementsRun: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return snapshot.db.statementsRun
    }
}
