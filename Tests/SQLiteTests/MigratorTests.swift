import SQLite
import Testing

@Suite struct MigratorTests {
    private let connection: Connection
    private let scripts: [StaticString] = [
        "CREATE TABLE a (x); INSERT INTO a VALUES (1)", "CREATE TABLE b (x)", "INSERT INTO a VALUES (2)",
    ]

    init() throws {
        connection = try Connection(path: ":memory:")
    }

    private func rows() throws -> [Int] {
        try connection.all("SELECT x FROM a ORDER BY x") { $0.int(0) }
    }

    @Test func `a new database gets every script`() throws {
        try Migrator(scripts).migrate(connection)
        #expect(try Migrator(scripts).version(of: connection) == 3)
        #expect(try rows() == [1, 2])
        #expect(!connection.isInTransaction)
    }

    @Test func `a database that is behind gets only what is missing`() throws {
        try Migrator(Array(scripts.prefix(1))).migrate(connection)
        #expect(try rows() == [1])
        try Migrator(scripts).migrate(connection)
        #expect(try rows() == [1, 2])
    }

    @Test func `migrating twice changes nothing`() throws {
        try Migrator(scripts).migrate(connection)
        try Migrator(scripts).migrate(connection)
        #expect(try rows() == [1, 2])
    }

    @Test func `a database that is ahead is left alone`() throws {
        try Migrator(scripts).migrate(connection)
        let failure = #expect(throws: Migrator.Failure.self) {
            try Migrator(Array(scripts.prefix(2))).migrate(connection)
        }
        guard case .newer(found: 3, known: 2) = failure else {
            Issue.record("not \(String(describing: failure))")
            return
        }
        #expect(try rows() == [1, 2])
    }

    @Test func `a failing script leaves the version and the tables of the one before it`() throws {
        let broken: [StaticString] = [
            scripts[0], "CREATE TABLE c (x); INSERT INTO a VALUES (9); SELEKT", scripts[1],
        ]
        let failure = #expect(throws: Migrator.Failure.self) { try Migrator(broken).migrate(connection) }
        guard case .sqlite(let error) = failure else {
            Issue.record("not \(String(describing: failure))")
            return
        }
        #expect(error.message.contains("SELEKT"))
        #expect(try Migrator(broken).version(of: connection) == 1)
        #expect(try rows() == [1])
        #expect(try !connection.exists("SELECT 1 FROM sqlite_schema WHERE name = 'c'"))
        #expect(!connection.isInTransaction)
        try Migrator(scripts).migrate(connection)
        #expect(try rows() == [1, 2])
    }
}
