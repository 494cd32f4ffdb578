/// Brings a database to the present schema: an ordered list of scripts, of which `user_version` says how many ran.
package struct Migrator {
    package enum Failure: Error {
        /// The file was written by a newer program, which this one must not touch.
        case newer(found: Int, known: Int)
        case sqlite(SQLiteError)
    }

    private let scripts: [StaticString]

    package init(_ scripts: [StaticString]) {
        self.scripts = scripts
    }

    package func version(of connection: Connection) throws(SQLiteError) -> Int {
        try connection.first("PRAGMA user_version") { $0.int(0) } ?? 0
    }

    /// Runs what is missing, each script in a transaction of its own together with its number.
    package func migrate(_ connection: Connection) throws(Failure) {
        let found: Int
        do { found = try version(of: connection) } catch { throw .sqlite(error) }
        guard found <= scripts.count else { throw .newer(found: found, known: scripts.count) }
        for (index, script) in scripts.enumerated().dropFirst(found) {
            do {
                try connection.execute("BEGIN EXCLUSIVE;\(script);PRAGMA user_version = \(index + 1);COMMIT;")
            } catch {
                // The first error is the one that says why; a failing rollback adds nothing.
                if connection.isInTransaction { try? connection.execute("ROLLBACK") }
                throw .sqlite(error)
            }
        }
    }
}
