import Foundation
import SQLite
import Testing

@testable import Storage

@Suite struct StoreTests {
    private func fixture() throws -> String {
        try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appending(path: "Fixtures/schema.sql"), encoding: .utf8)
    }

    @Test func `the schema is the one that was agreed`() throws {
        let store = try TestStore()
        let schema = try store.read { snapshot in
            try snapshot.db.all("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid") {
                $0.text(0)
            }
        }
        #expect(schema.map { $0 + ";\n" }.joined() == (try fixture()))
    }

    @Test func `a commit is on disk when it is answered, and the log is moved when we say so`() async throws {
        let store = try TestStore()
        let settings = try await store.write { tx in
            [
                try tx.db.first("PRAGMA journal_mode") { $0.text(0) },
                try tx.db.first("PRAGMA synchronous") { $0.text(0) },
                try tx.db.first("PRAGMA wal_autocheckpoint") { $0.text(0) },
                try tx.db.first("PRAGMA trusted_schema") { $0.text(0) },
            ]
        }
        #expect(settings == ["wal", "2", "0", "0"])
    }

    @Test func `a database of a newer Islet is left alone`() async throws {
        let store = try TestStore()
        await store.store.close()
        try Connection(path: store.path).execute("PRAGMA user_version = 99")
        let error = #expect(throws: StoreError.self) { try Store(path: store.path) }
        guard case .newer(found: 99, known: Migrations.all.count) = error else {
            Issue.record("not \(String(describing: error))")
            return
        }
        #expect(try Store.inspect(path: store.path).version == 99)
    }

    @Test func `what is no database is said to be damaged`() throws {
        let store = try TestStore()
        let path = store.path + ".other"
        try String(repeating: "no database ", count: 1_000).write(
            toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: StoreError.self) { try Store(path: path) }
        guard case .damaged = error else {
            Issue.record("not \(String(describing: error))")
            return
        }
    }

    @Test func `a place that cannot be written is out of space`() {
        let error = #expect(throws: StoreError.self) { try Store(path: "/nonexistent/islet.db") }
        #expect(error?.isOutOfSpace == true)
    }

    @Test func `a sound database has no problem`() throws {
        let store = try TestStore()
        let report = try Store.inspect(path: store.path)
        #expect(
            report.version == Migrations.all.count && report.known == report.version && report.problem == nil)
    }

    @Test func `what is read inside one question is of one moment`() async throws {
        let store = try TestStore()
        let writing = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for id in 1...50 as ClosedRange<Int64> {
                    try await store.write { tx in
                        try Bookmarks.insert(StatusID(id), in: tx)
                        try Pins.insert(StatusID(id), at: TestStore.now, in: tx)
                    }
                }
            }
            for _ in 0..<50 {
                let (bookmarks, pins) = try store.read { snapshot in
                    (
                        try Bookmarks.page(Page(limit: 99), in: snapshot).count,
                        try snapshot.db.first("SELECT count(*) FROM pins") { $0.int(0) }
                    )
                }
                #expect(bookmarks == pins)
                await Task.yield()
            }
            try await group.waitForAll()
            return true
        }
        #expect(writing)
        #expect(store.store.statementsRead > 0)
    }

    @Test func `nobody writes through a question`() throws {
        let store = try TestStore()
        #expect(throws: (any Error).self) {
            try store.read { try $0.db.run("INSERT INTO bookmarks (status) VALUES (1)") }
        }
        // And the next question is answered.
        #expect(try store.read { try Statuses.count(in: $0) } == 0)
    }
}
