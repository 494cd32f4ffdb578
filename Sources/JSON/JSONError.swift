/// Why bytes were refused as a JSON document; positions are byte offsets into what was given.
package enum JSONError: Error, Equatable, Sendable {
    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
    /// The text is longer than the limit, in bytes.
    case tooLarge(limit: Int)
    /// The document holds more values, or one array more elements, than the limit.
    case tooManyValues(limit: Int)
    /// The text breaks the grammar of RFC 8259 at this byte; at its end when something is missing.
    case invalid(at: Int)
    /// A string is not well-formed UTF-8 (RFC 3629) at this byte.
    case invalidUTF8(at: Int)
    /// An object names the same key twice; the byte where the later one starts.
    case duplicateKey(at: Int)
    /// A string is longer between its quotes than `JSONLimits.stringBytes`.
    case stringTooLong
}
