package import Basics
import Glibc
import SQLite
import Synchronization

/// What the account remembers: one SQLite database, written by one thread and read where it is asked.
///
/// Writers that arrive together share one commit, and so one flush of the disk. Each keeps its own savepoint,
/// so that one that fails takes nobody along. A write returns when its commit is on disk (WAL with
/// `synchronous=FULL`), because others take our answer as a promise.
package final class Store: Sendable {
    /// Limits of the store, <https://www.sqlite.org/pragma.html>.
    package struct Limits: Sendable {
        /// Writes that may wait; one more is refused with `StoreError.overloaded`.
        package var waitingWrites = 1_024
        /// Writes that share one commit, so that a flood cannot hold a transaction open for long.
        package var writesPerCommit = 256
        /// Memory for cached pages of each of the two connections, in KiB.
        package var pageCacheKiB = 256
        /// Under load, time between two commits in which writes gather to share the next one. A write that comes
        /// alone does not wait. Cards need about this long for a flush anyway.
        package var gathering = Duration.milliseconds(5)
        /// Length of the log, in pages, after which it is moved into the database.
        package var logPages = 2_000
        /// Length of the log, in pages, that is left alone when nothing happens.
        package var idleLogPages = 64

        package init() {}

        /// - Parameter gathering: zero where one write follows the other, and none should wait.
        package init(gathering: Duration) {
            self.gathering = gathering
        }
    }

    /// News of each commit, sent from the writing thread.
    package let changes = Broadcast<Changes>()
    /// What each commit shows to open streams, sent from the writing thread after `changes`.
    package let events = Broadcast<[Event]>()

    private let writer: Writer
    private let reader: Reader
    private let path: String
    private let limits: Limits

    /// Opens the database at `path`, creating and migrating it where needed.
    package init(path: String, limits: Limits = Limits()) throws(StoreError) {
        do {
            let connection = try Connection(path: path)
            try Store.configure(connection, limits: limits, pageSize: true)
            try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            connection.observeLog()
            try Migrator(Migrations.all).migrate(connection)
            let reading = try Connection(path: path, readOnly: true)
            try Store.configure(reading, limits: limits, pageSize: false)
            writer = Writer(connection, limits: limits, changes: changes, events: events)
            reader = Reader(reading)
            self.path = path
            self.limits = limits
        } catch let error as SQLiteError {
            throw StoreError(error)
        } catch Migrator.Failure.newer(let found, let known) {
            throw .newer(found: found, known: known)
        } catch Migrator.Failure.sqlite(let error) {
            throw StoreError(error)
        } catch {
            preconditionFailure("the calls above throw nothing else")
        }
        writer.start()
    }

    /// Looks at a database without changing it: its schema, the newest one known, and what is damaged.
    package static func inspect(path: String) throws -> (version: Int, known: Int, problem: String?) {
        let connection = try Connection(path: path, readOnly: true)
        let version = try Migrator(Migrations.all).version(of: connection)
        let verdict = try connection.first("PRAGMA quick_check(1)") { $0.text(0) } ?? "no answer"
        return (version, Migrations.all.count, verdict == "ok" ? nil : verdict)
    }

    private static func configure(
        _ connection: Connection, limits: Limits, pageSize: Bool
    ) throws(SQLiteError) {
        if pageSize { try connection.execute("PRAGMA page_size = 2048; PRAGMA auto_vacuum = NONE") }
        // Deleted text is not wiped page by page: on flash that wears the card and promises nothing.
        try connection.execute(
            """
            PRAGMA cache_size = -\(limits.pageCacheKiB); PRAGMA temp_store = MEMORY; PRAGMA secure_delete = OFF;
            PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 0; PRAGMA trusted_schema = OFF
            """)
    }

    /// Runs `body` in a transaction and returns once it is on disk.
    ///
    /// - Throws: what `body` threw, after its changes were undone; `StoreError` when the disk is full, the queue
    ///   is full, or the store is closed.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let taken = writer.enqueue(
                Writer.Job(
                    run: { transaction in
                        let result = try body(transaction)
                        return { failure in
                            if let failure {
                                continuation.resume(throwing: failure)
                            } else {
                                continuation.resume(returning: result)
                            }
                        }
                    },
                    failed: { continuation.resume(throwing: $0) }))
            if let refusal = taken { continuation.resume(throwing: refusal) }
        }
    }

    /// Runs `body` on a consistent picture of what is committed, on the calling thread.
    package func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
        try reader.read(body)
    }

    /// The same on a connection of its own, for what takes long and is rare: nobody else waits for it.
    package func readApart<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
        let connection = try Connection(path: path, readOnly: true)
        try Store.configure(connection, limits: limits, pageSize: false)
        return try Reader(connection).read(body)
    }

    /// A number that is another one after every commit, for keeping what was made of the data before. Only numbers
    /// of the same process can be compared.
    package func version() throws -> Int64 {
        try reader.version()
    }

    /// Statements that `read` ran so far.
    package var statementsRead: Int { reader.statementsRun }

    /// Moves the log into the database file when it is longer than what may stay, so that an idle disk rests.
    package func tidy() async {
        // What could not be moved now is moved with the next commits.
        try? await writer.checkpoint()
    }

    /// Ends the writing thread after what waits is written, and closes the files.
    package func close() async {
        await writer.close()
    }
}
