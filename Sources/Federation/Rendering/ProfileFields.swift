import JSON

/// The rows of a profile's table, kept in the store as JSON in the shape of the client API.
package enum ProfileFields {
    /// Name in plain text and value in safe HTML of each row; none when there is no table.
    package static func read(_ stored: String?) -> [(name: String, value: String)] {
        // What is stored was written by us; what does not parse is as good as absent.
        guard let stored, let rows = try? Document(Array(stored.utf8)) else { return [] }
        return rows.root.elements.compactMap { row in
            guard let name = row["name"]?.string, let value = row["value"]?.string else { return nil }
            return (name, value)
        }
    }
}
