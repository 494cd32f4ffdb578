/// One part of a route's pattern.
enum PatternSegment: Equatable {
    case literal(String)
    case parameter(name: String, Shape)
    case rest(name: String)

    /// The literal text around a parameter, as in `/@:name` or `/:id.json`.
    struct Shape: Equatable, Sendable {
        var prefix = ""
        var suffix = ""

        var literalCount: Int { prefix.utf8.count + suffix.utf8.count }

        /// What stands in the parameter's place, if the segment fits and leaves something for it.
        func value(in segment: String) -> String? {
            if literalCount == 0 { return segment.isEmpty ? nil : segment }
            guard segment.utf8.count > literalCount, segment.utf8.starts(with: prefix.utf8),
                segment.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
            else { return nil }
            return String(segment.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
        }
    }

    /// The parts of a pattern; stops the program if it does not begin with a slash or a parameter has no
    /// name.
    static func split(_ pattern: String) -> [PatternSegment] {
        precondition(pattern.utf8.first == ASCII.slash, "a pattern begins with a slash: \(pattern)")
        var parts = pattern.utf8.dropFirst().split(separator: ASCII.slash, omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        return parts.map { part(Array($0), of: pattern) }
    }

    private static func part(_ bytes: [UInt8], of pattern: String) -> PatternSegment {
        if bytes.first == UInt8(ascii: "*") {
            precondition(bytes.count > 1, "the rest needs a name in \(pattern)")
            return .rest(name: String(decoding: bytes.dropFirst(), as: UTF8.self))
        }
        guard let colon = bytes.firstIndex(of: ASCII.colon) else {
            return .literal(String(decoding: bytes, as: UTF8.self))
        }
        let name = bytes[(colon + 1)...].prefix {
            ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "_")
        }
        precondition(!name.isEmpty, "a parameter needs a name in \(pattern)")
        let shape = Shape(
            prefix: String(decoding: bytes[..<colon], as: UTF8.self),
            suffix: String(decoding: bytes[name.endIndex...], as: UTF8.self))
        return .parameter(name: String(decoding: name, as: UTF8.self), shape)
    }
}
