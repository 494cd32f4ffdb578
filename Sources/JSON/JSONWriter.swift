/// Writes JSON (RFC 8259) to the end of an array of bytes, minding commas and escapes.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object {
///     $0.field("type", "Note")
///     $0.array("to") { $0.element(recipient) }
/// }
/// send(writer.bytes)
/// ```
/// The writer does not check that members are only written inside objects and elements only inside arrays.
/// When a body throws, what has been written so far is of no use.
package struct JSONWriter: Sendable {
    /// What has been written.
    package internal(set) var bytes: [UInt8] = []
    /// Whether a value has been written at this level, so that the next needs a comma.
    private var isFollowing = false

    /// - Parameter capacity: bytes to make room for at once.
    package init(capacity: Int = 1024) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes an object: the whole document or, inside an array, an element.
    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try enclose(UInt8(ascii: "{"), body, UInt8(ascii: "}"))
    }

    /// Writes an array: the whole document or, inside an array, an element.
    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try enclose(UInt8(ascii: "["), body, UInt8(ascii: "]"))
    }

    /// Writes a member whose value is an object.
    package mutating func object(_ key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        name(key)
        try enclose(UInt8(ascii: "{"), body, UInt8(ascii: "}"))
    }

    /// Writes a member whose value is an array.
    package mutating func array(_ key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        name(key)
        try enclose(UInt8(ascii: "["), body, UInt8(ascii: "]"))
    }

    /// Writes a value that is JSON already. Empty bytes would make the document invalid and are written as
    /// `null`.
    package mutating func raw(_ json: some Collection<UInt8>) {
        separate()
        if json.isEmpty { appendLiteral("null") } else { bytes.append(contentsOf: json) }
    }

    /// Writes a member whose value is JSON already.
    package mutating func raw(_ key: String, _ json: some Collection<UInt8>) {
        name(key)
        raw(json)
    }

    private mutating func enclose(
        _ opening: UInt8, _ body: (inout JSONWriter) throws -> Void, _ closing: UInt8
    ) rethrows {
        separate()
        bytes.append(opening)
        isFollowing = false
        try body(&self)
        bytes.append(closing)
        isFollowing = true
    }

    /// Before each value: a comma if one went before it at this level.
    mutating func separate() {
        if isFollowing { bytes.append(UInt8(ascii: ",")) }
        isFollowing = true
    }

    /// Before each member's value: comma, key and colon.
    mutating func name(_ key: String) {
        separate()
        appendQuoted(key)
        bytes.append(UInt8(ascii: ":"))
        isFollowing = false
    }
}
