/// One value, or one key, of a parsed document, in sixteen bytes.
///
/// Nodes lie in document order: a container is followed by what it contains, a key by its value.
struct Node {
    /// Offset of the first byte; for strings, of the byte after the opening quote.
    private var first: UInt32
    /// Offset after the last byte; for strings, of the closing quote.
    private var last: UInt32
    /// Index of the node after this one and all that it contains. While a container is open: its parent's
    /// index.
    private var following: UInt32
    /// The kind in three bits, whether there are escapes in one, the number of children in the rest.
    private var packed: UInt32

    private static let kindMask: UInt32 = 0b0111
    private static let escapedBit: UInt32 = 0b1000
    private static let oneChild: UInt32 = 0b1_0000
    /// Above these the fields would overflow; the parser lowers its limits to them.
    static let mostBytes = Int(UInt32.max) - 1
    static let mostNodes = 1 << 27

    init(_ kind: JSONValue.Kind, start: Int, end: Int = 0, next: Int, hasEscapes: Bool = false) {
        first = UInt32(truncatingIfNeeded: start)
        last = UInt32(truncatingIfNeeded: end)
        following = UInt32(truncatingIfNeeded: next)
        packed = UInt32(kind.rawValue) | (hasEscapes ? Self.escapedBit : 0)
    }

    var kind: JSONValue.Kind { JSONValue.Kind(rawValue: UInt8(packed & Self.kindMask)) ?? .null }
    var hasEscapes: Bool { packed & Self.escapedBit != 0 }
    var count: Int { Int(packed >> 4) }
    var start: Int { Int(first) }

    var end: Int {
        get { Int(last) }
        set { last = UInt32(truncatingIfNeeded: newValue) }
    }

    var next: Int {
        get { Int(following) }
        set { following = UInt32(truncatingIfNeeded: newValue) }
    }

    mutating func addChild() {
        packed &+= Self.oneChild
    }
}
