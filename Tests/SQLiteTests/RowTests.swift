import SQLite
import Testing

@Suite struct RowTests {
    private let connection: Connection

    init() throws {
        connection = try Connection(path: ":memory:")
    }

    @Test func `nothing is nothing, or empty where nothing cannot be said`() throws {
        let checked = try connection.first("SELECT NULL") { row in
            #expect(
                row.isNull(0) && row.int64OrNil(0) == nil && row.doubleOrNil(0) == nil
                    && row.textOrNil(0) == nil)
            #expect(row.text(0) == "" && row.blob(0) == [] && row.int64(0) == 0 && !row.bool(0))
            return true
        }
        #expect(checked == true)
    }

    @Test func `empty is not nothing`() throws {
        let checked = try connection.first("SELECT '', 0, 0.0") { row in
            #expect(row.textOrNil(0) == "" && row.int64OrNil(1) == 0 && row.doubleOrNil(2) == 0)
            return true
        }
        #expect(checked == true)
    }

    @Test func `a column that is not there is nothing`() throws {
        #expect(try connection.first("SELECT 1") { row in row.isNull(7) && row.text(7).isEmpty } == true)
    }

    @Test func `bytes that are no text do not trap`() throws {
        #expect(try connection.first("SELECT CAST(x'FF41' AS TEXT)") { $0.text(0) } == "\u{FFFD}A")
    }
}
