/// Writes the entities that come by the dozen: a `JSONWriter` whose keys are known when the program is built.
///
/// A home timeline has some 1,300 members. Keys that need no look at their characters, and appending that the
/// compiler can inline because it is in this module, save a fifth of the time to write them; what it makes goes
/// into a `JSONWriter` as `raw`.
struct EntityWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func open() {
        comma()
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func close() {
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func openArray() {
        comma()
        bytes.append(UInt8(ascii: "["))
    }

    mutating func openArray(_ key: StaticString) {
        name(key)
        bytes.append(UInt8(ascii: "["))
    }

    mutating func closeArray() {
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func openObject(_ key: StaticString) {
        name(key)
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func field(_ key: StaticString, _ value: String) {
        name(key)
        quote(value)
    }

    mutating func field(_ key: StaticString, _ value: String?) {
        name(key)
        if let value { quote(value) } else { literal("null") }
    }

    mutating func field(_ key: StaticString, _ value: Bool) {
        name(key)
        literal(value ? "true" : "false")
    }

    mutating func field(_ key: StaticString, _ value: Int) {
        name(key)
        digits(Int64(value))
    }

    mutating func element(_ value: String) {
        comma()
        quote(value)
    }

    mutating func element(_ value: Int) {
        comma()
        digits(Int64(value))
    }

    /// An id: digits in quotes.
    mutating func id(_ key: StaticString, _ value: Int64?) {
        name(key)
        guard let value else { return literal("null") }
        bytes.append(UInt8(ascii: "\""))
        digits(value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A value that is JSON in the source.
    mutating func constant(_ key: StaticString, _ json: StaticString) {
        name(key)
        literal(json)
    }

    /// A text that is in the source and needs no escapes.
    mutating func constantText(_ key: StaticString, _ text: StaticString) {
        name(key)
        bytes.append(UInt8(ascii: "\""))
        literal(text)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A value that is JSON already.
    mutating func raw(_ key: StaticString, _ json: ArraySlice<UInt8>) {
        name(key)
        bytes.append(contentsOf: json)
    }

    /// A value that is JSON already, `[]` if there is none.
    mutating func rawList(_ key: StaticString, _ json: String?) {
        name(key)
        guard var json, !json.isEmpty else { return literal("[]") }
        json.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// A comma, unless nothing went before at this level.
    private mutating func comma() {
        if let last = bytes.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "["),
            last != UInt8(ascii: ":")
        {
            bytes.append(UInt8(ascii: ","))
        }
    }

    private mutating func name(_ key: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        literal(key)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func literal(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func digits(_ value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let first = bytes.count
        var rest = value.magnitude
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit))
            rest = quotient
        } while rest > 0
        bytes[first...].reverse()
    }

    /// The text in quotes, escaped as RFC 8259 section 7 demands.
    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var copied = 0
            for index in 0..<utf8.count {
                let byte = utf8[index]
                if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied..<index]))
                escape(byte)
                copied = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): literal("\\\"")
        case UInt8(ascii: "\\"): literal("\\\\")
        case UInt8(ascii: "\n"): literal("\\n")
        case UInt8(ascii: "\r"): literal("\\r")
        case UInt8(ascii: "\t"): literal("\\t")
        default:
            literal(byte < 0x10 ? "\\u000" : "\\u001")
            let low = byte & 15
            bytes.append(low < 10 ? UInt8(ascii: "0") &+ low : UInt8(ascii: "a") &+ low &- 10)
        }
    }
}
