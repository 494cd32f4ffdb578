/// Reads the grammar of RFC 8259 and writes nodes, in one pass and without recursion.
///
/// The stack of open containers is kept in the nodes themselves: an open one remembers its parent.
struct Parser {
    let bytes: [UInt8]
    let limits: JSONLimits
    private(set) var nodes: [Node] = []
    var position = 0
    private let mostNodes: Int
    /// Index of the innermost open container; -1 outside of any.
    private var open = -1
    private var isInObject = false
    private var depth = 0

    private enum Expectation {
        case value
        case valueOrEnd
        case key
        case keyOrEnd
        case commaOrEnd
        case nothing
    }

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
        mostNodes = min(limits.nodes, Node.mostNodes)
    }

    mutating func parse() throws(JSONError) {
        let mostBytes = min(limits.bytes, Node.mostBytes)
        guard bytes.count <= mostBytes else { throw .tooLarge(limit: mostBytes) }
        // Posts have about one value in twenty bytes.
        nodes.reserveCapacity(min(bytes.count / 16 + 8, mostNodes))

        var expected = Expectation.value
        while true {
            skipWhitespace()
            guard position < bytes.count else { break }
            let byte = bytes[position]
            switch expected {
            case .value:
                expected = try value(byte)
            case .valueOrEnd:
                expected = byte == UInt8(ascii: "]") ? try close() : try value(byte)
            case .key:
                expected = try key(byte)
            case .keyOrEnd:
                expected = byte == UInt8(ascii: "}") ? try close() : try key(byte)
            case .commaOrEnd:
                if byte == UInt8(ascii: ",") {
                    position += 1
                    expected = isInObject ? .key : .value
                } else if byte == (isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    expected = try close()
                } else {
                    throw .invalid(at: position)
                }
            case .nothing:
                throw .invalid(at: position)
            }
        }
        guard expected == .nothing else { throw .invalid(at: position) }
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func value(_ byte: UInt8) throws(JSONError) -> Expectation {
        if open >= 0 && !isInObject { try countElement() }
        switch byte {
        case UInt8(ascii: "\""):
            try string()
        case UInt8(ascii: "{"):
            return try begin(.object)
        case UInt8(ascii: "["):
            return try begin(.array)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = position
            try skipNumber()
            try append(.number, from: start, to: position)
        case UInt8(ascii: "t"):
            try literal("true", .bool)
        case UInt8(ascii: "f"):
            try literal("false", .bool)
        case UInt8(ascii: "n"):
            try literal("null", .null)
        default:
            throw .invalid(at: position)
        }
        return open < 0 ? .nothing : .commaOrEnd
    }

    private mutating func key(_ byte: UInt8) throws(JSONError) -> Expectation {
        guard byte == UInt8(ascii: "\"") else { throw .invalid(at: position) }
        nodes[open].addChild()
        try string()
        skipWhitespace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
            throw .invalid(at: position)
        }
        position += 1
        return .value
    }

    private mutating func string() throws(JSONError) {
        let start = position + 1
        let hasEscapes = try skipString()
        // The closing quote is behind us.
        try append(.string, from: start, to: position - 1, hasEscapes: hasEscapes)
    }

    private mutating func literal(_ text: StaticString, _ kind: JSONValue.Kind) throws(JSONError) {
        let start = position
        let matches = text.withUTF8Buffer { text in
            bytes[start...].starts(with: text)
        }
        guard matches else { throw .invalid(at: start) }
        position += text.utf8CodeUnitCount
        try append(kind, from: start, to: position)
    }

    private mutating func countElement() throws(JSONError) {
        guard nodes[open].count < limits.arrayElements else {
            throw .tooManyValues(limit: limits.arrayElements)
        }
        nodes[open].addChild()
    }

    private mutating func append(
        _ kind: JSONValue.Kind, from start: Int, to end: Int, hasEscapes: Bool = false
    ) throws(JSONError) {
        guard nodes.count < mostNodes else { throw .tooManyValues(limit: mostNodes) }
        nodes.append(Node(kind, start: start, end: end, next: nodes.count + 1, hasEscapes: hasEscapes))
    }

    private mutating func begin(_ kind: JSONValue.Kind) throws(JSONError) -> Expectation {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth) }
        guard nodes.count < mostNodes else { throw .tooManyValues(limit: mostNodes) }
        // The outermost has no parent; it points at itself.
        nodes.append(Node(kind, start: position, next: max(open, 0)))
        open = nodes.count - 1
        isInObject = kind == .object
        depth += 1
        position += 1
        return isInObject ? .keyOrEnd : .valueOrEnd
    }

    private mutating func close() throws(JSONError) -> Expectation {
        position += 1
        let parent = nodes[open].next
        nodes[open].end = position
        nodes[open].next = nodes.count
        if isInObject { try KeyUniqueness.check(object: open, nodes: nodes, bytes: bytes) }
        depth -= 1
        open = depth == 0 ? -1 : parent
        isInObject = depth > 0 && nodes[open].kind == .object
        return depth == 0 ? .nothing : .commaOrEnd
    }
}
