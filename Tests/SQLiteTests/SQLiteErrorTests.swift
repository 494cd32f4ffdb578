import Foundation
import SQLite
import Testing

@Suite struct SQLiteErrorTests {
    @Test func `an error names the statement and no bound value`() throws {
        let connection = try Connection(path: ":memory:")
        try connection.execute("CREATE TABLE secrets (word TEXT UNIQUE)")
        func insert() throws { try connection.run("INSERT INTO secrets VALUES (?)", "hunter2") }
        try insert()
        let error = try #require(throws: SQLiteError.self) { try insert() }
        #expect(error.isConstraint && !error.isOutOfSpace && !error.isDamaged)
        #expect(error.code == 2067 && error.primaryCode == 19)
        #expect(
            error.description
                == "SQLite 2067: UNIQUE constraint failed: secrets.word in \u{AB}INSERT INTO secrets VALUES (?)\u{BB}"
        )
    }

    @Test func `a misspelt statement says what is wrong with it`() throws {
        let connection = try Connection(path: ":memory:")
        let error = #expect(throws: SQLiteError.self) { try connection.run("SELEKT 1") }
        #expect(error?.message == "near \"SELEKT\": syntax error" && error?.statement == "SELEKT 1")
    }

    @Test func `too many values are an error`() throws {
        let connection = try Connection(path: ":memory:")
        let error = #expect(throws: SQLiteError.self) { try connection.run("SELECT ?", 1, 2) }
        #expect(error?.primaryCode == 25)
    }

    @Test func `a full database is out of space and works again when there is room`() throws {
        let connection = try Connection(path: ":memory:")
        try connection.execute("CREATE TABLE t (x); PRAGMA max_page_count = 4")
        func insert() throws { try connection.run("INSERT INTO t VALUES (zeroblob(100000))") }
        let error = #expect(throws: SQLiteError.self) { try insert() }
        #expect(error?.isOutOfSpace == true && error?.isDamaged == false)
        try connection.execute("PRAGMA max_page_count = 1000")
        try insert()
    }

    @Test func `a file of something else is damaged`() throws {
        let file = TemporaryFile()
        try String(repeating: "This is no database. ", count: 100)
            .write(toFile: file.path, atomically: true, encoding: .utf8)
        let connection = try Connection(path: file.path)
        let error = #expect(throws: SQLiteError.self) { try connection.run("SELECT 1 FROM sqlite_schema") }
        #expect(error?.isDamaged == true)
    }
}
