internal import CSQLite

/// The current row of a running query. It is only valid inside the closure that receives it.
package struct Row: ~Copyable {
    let statement: OpaquePointer

    package func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    package func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }
    package func bool(_ column: Int32) -> Bool { sqlite3_column_int64(statement, column) != 0 }
    package func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }
    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    /// The text, empty for NULL.
    package func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The bytes, empty for NULL.
    package func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](
            UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    package func int64OrNil(_ column: Int32) -> Int64? { isNull(column) ? nil : int64(column) }
    package func doubleOrNil(_ column: Int32) -> Double? { isNull(column) ? nil : double(column) }
    package func textOrNil(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
