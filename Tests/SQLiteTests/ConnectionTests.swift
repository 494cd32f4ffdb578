import SQLite
import Testing

@Suite struct ConnectionTests {
    private let connection: Connection

    init() throws {
        connection = try Connection(path: ":memory:")
        try connection.execute("CREATE TABLE pond (id INTEGER PRIMARY KEY, name TEXT UNIQUE, depth INTEGER)")
    }

    private func fill(_ count: Int) throws {
        for number in 1...count {
            try connection.run("INSERT INTO pond (name, depth) VALUES (?, ?)", "frog\(number)", number * 10)
        }
    }

    @Test func `all gives every row in order, first the first one, and exists whether there is any`() throws {
        try fill(3)
        let names = try connection.all("SELECT name FROM pond ORDER BY id") { $0.text(0) }
        #expect(names == ["frog1", "frog2", "frog3"])
        #expect(
            try connection.first("SELECT name FROM pond WHERE depth > ? ORDER BY id", 15) { $0.text(0) }
                == "frog2")
        #expect(try connection.first("SELECT name FROM pond WHERE depth > ?", 99) { $0.text(0) } == nil)
        #expect(try connection.exists("SELECT 1 FROM pond WHERE name = ?", "frog3"))
        #expect(try !connection.exists("SELECT 1 FROM pond WHERE name = ?", "toad"))
        #expect(try connection.all("SELECT 1 FROM pond WHERE id < 0") { $0.int(0) }.isEmpty)
    }

    @Test func `a statement that stopped at its first row begins anew the next time`() throws {
        try fill(3)
        func first() throws -> String? {
            try connection.first("SELECT name FROM pond ORDER BY id") { $0.text(0) }
        }
        #expect(try first() == "frog1")
        #expect(try first() == "frog1")
    }

    @Test func `no value is left from the last time a statement ran`() throws {
        func count(_ name: String?) throws -> Int? {
            try connection.first("SELECT count(*) FROM pond WHERE name IS ?", name) { $0.int(0) }
        }
        try fill(1)
        #expect(try count("frog1") == 1)
        #expect(try count(nil) == 0)
    }

    @Test func `the same statement runs inside its own rows`() throws {
        try fill(4)
        var depthReached = 0
        func visit(_ id: Int) throws -> [Int] {
            depthReached = max(depthReached, id)
            var failure: (any Error)?
            let found = try connection.all("SELECT id FROM pond WHERE id > ? ORDER BY id LIMIT 1", id) {
                row -> [Int] in
                let next = row.int(0)
                do {
                    let below = try visit(next)
                    // The outer row is still the one it was.
                    return [row.int(0)] + below
                } catch {
                    failure = error
                    return []
                }
            }
            if let failure { throw failure }
            return found.flatMap(\.self)
        }
        #expect(try visit(0) == [1, 2, 3, 4])
        #expect(depthReached == 4)
        #expect(try visit(2) == [3, 4])
    }

    @Test func `changes, ids and statements are counted`() throws {
        let before = connection.statementsRun
        try fill(3)
        #expect(connection.lastInsertedID == 3)
        try connection.run("UPDATE pond SET depth = 0 WHERE depth > 10")
        #expect(connection.changes == 2)
        #expect(connection.statementsRun == before + 4)
    }

    @Test func `a transaction is known while it is open`() throws {
        #expect(!connection.isInTransaction)
        try connection.execute("BEGIN")
        #expect(connection.isInTransaction)
        try connection.execute("ROLLBACK")
        #expect(!connection.isInTransaction)
    }

    @Test func `a failed statement can run again`() throws {
        func insert(_ name: String) throws {
            try connection.run("INSERT INTO pond (name) VALUES (?)", name)
        }
        try insert("frog")
        #expect(throws: SQLiteError.self) { try insert("frog") }
        try insert("newt")
        #expect(try connection.first("SELECT count(*) FROM pond") { $0.int(0) } == 2)
    }

    @Test func `a missing file is made, except by a reader`() throws {
        let file = TemporaryFile()
        let refusal = #expect(throws: SQLiteError.self) { try Connection(path: file.path, readOnly: true) }
        #expect(refusal?.isOutOfSpace == true, "it cannot be opened")
        try Connection(path: file.path).execute("CREATE TABLE t (x)")
        let reader = try Connection(path: file.path, readOnly: true)
        #expect(try reader.first("SELECT count(*) FROM t") { $0.int(0) } == 0)
        #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO t VALUES (1)") }
    }

    @Test func `the length of the log is noted at each commit, and emptied by a checkpoint`() throws {
        let file = TemporaryFile()
        let connection = try Connection(path: file.path)
        try connection.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
        connection.observeLog()
        try connection.execute("CREATE TABLE t (x)")
        let first = connection.logPages
        #expect(first > 0)
        try connection.run("INSERT INTO t VALUES (zeroblob(50000))")
        #expect(connection.logPages > first)
        try connection.checkpoint(truncating: true)
        #expect(connection.logPages == 0)
    }

    @Test func `a reader in the way of a checkpoint is no error`() throws {
        let file = TemporaryFile()
        let writer = try Connection(path: file.path)
        try writer.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)")
        writer.observeLog()
        let reader = try Connection(path: file.path, readOnly: true)
        try reader.execute("BEGIN; SELECT * FROM t")
        try writer.run("INSERT INTO t VALUES (1)")
        try writer.execute("PRAGMA busy_timeout = 0")
        let pages = writer.logPages
        try writer.checkpoint(truncating: true)
        #expect(writer.logPages == pages, "the log is as long as it was")
    }
}
