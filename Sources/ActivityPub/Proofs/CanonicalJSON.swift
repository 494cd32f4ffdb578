package import JSON

/// JSON in the one form that everybody who hashes it arrives at. RFC 8785 (JCS).
package enum CanonicalJSON {
    /// The canonical text of a value; `nil` for a number beyond the range of `Double` (or hundreds of digits
    /// long) and for what is nested deeper than `JSONLimits.standard` lets pass.
    ///
    /// Half of a surrogate pair, which RFC 8785 refuses, is U+FFFD as everywhere that documents are read.
    ///
    /// - Parameters:
    ///   - leavingOut: Members of the outermost object that are as if they were absent.
    ///   - adding: Members that are as if the outermost object had them; it must not have them itself.
    package static func bytes(
        of value: JSONValue, leavingOut: Set<String> = [], adding: [(key: String, value: JSONValue)] = []
    ) -> [UInt8]? {
        var writer = JSONWriter(capacity: value.rawBytes.count)
        let isWhole: Bool
        if value.kind == .object {
            let members = value.members.filter { !leavingOut.contains($0.key) } + adding
            isWhole = append(members, key: nil, to: &writer, depth: 1)
        } else {
            isWhole = append(value, key: nil, to: &writer, depth: 1)
        }
        return isWhole ? writer.bytes : nil
    }

    /// Whether all could be written.
    private static func append(
        _ value: JSONValue, key: String?, to writer: inout JSONWriter, depth: Int
    ) -> Bool {
        guard depth <= JSONLimits.standard.depth else { return false }
        switch value.kind {
        case .null, .bool: put(value.rawBytes, key, to: &writer)
        case .string:
            let text = value.string ?? ""
            if let key { writer.field(key, text) } else { writer.element(text) }
        case .number:
            guard let number = value.double else { return false }
            put(CanonicalNumber.bytes(of: number)[...], key, to: &writer)
        case .array:
            var isWhole = true
            let body = { (writer: inout JSONWriter) in
                for element in value.elements where isWhole {
                    isWhole = append(element, key: nil, to: &writer, depth: depth + 1)
                }
            }
            if let key { writer.array(key, body) } else { writer.array(body) }
            return isWhole
        case .object: return append(value.members, key: key, to: &writer, depth: depth)
        }
        return true
    }

    /// Keys are sorted by UTF-16 units (§3.2.3), which puts emoji before the last letters of the first plane.
    private static func append(
        _ members: [(key: String, value: JSONValue)], key: String?, to writer: inout JSONWriter, depth: Int
    ) -> Bool {
        let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        var isWhole = true
        let body = { (writer: inout JSONWriter) in
            for member in sorted where isWhole {
                isWhole = append(member.value, key: member.key, to: &writer, depth: depth + 1)
            }
        }
        if let key { writer.object(key, body) } else { writer.object(body) }
        return isWhole
    }

    private static func put(_ json: ArraySlice<UInt8>, _ key: String?, to writer: inout JSONWriter) {
        if let key { writer.raw(key, json) } else { writer.raw(json) }
    }
}
