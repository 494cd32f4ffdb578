/// One line of a header or trailer section, RFC 9112 section 5.
enum FieldLine {
    /// Reads `name: value`; the line has no CR LF at its end.
    static func parse(_ line: ArraySlice<UInt8>) throws(HeadError) -> (name: String, value: String) {
        if line.first == ASCII.space || line.first == ASCII.tab { throw .foldedField }
        guard let colon = line.firstIndex(of: ASCII.colon), ASCII.isToken(line[..<colon]) else {
            throw .malformedField
        }
        let value = ASCII.trim(line[(colon + 1)...])
        guard value.allSatisfy(isValueByte) else { throw .invalidByte }
        return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    /// Whether a byte may stand in a value: visible, space, tab, or beyond ASCII, RFC 9110 section 5.5.
    @inline(__always)
    static func isValueByte(_ byte: UInt8) -> Bool {
        byte >= 32 && byte != 127 || byte == ASCII.tab
    }
}
