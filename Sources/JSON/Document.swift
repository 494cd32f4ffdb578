/// A JSON text (RFC 8259) as it came, checked once and then read by name without trusting its shape.
///
/// Nothing is decoded until somebody asks: the document is the bytes and a flat array of nodes pointing into
/// them. Copies share both.
package struct Document: Sendable {
    let tape: Tape

    /// Checks the whole text: grammar, UTF-8, unique keys, limits. Linear but for sorting the keys of big
    /// objects.
    ///
    /// - Throws: what is wrong and where. A byte order mark is refused (RFC 8259 §8.1 forbids sending one).
    package init(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        var parser = Parser(bytes, limits: limits)
        try parser.parse()
        tape = Tape(bytes: bytes, nodes: parser.nodes)
    }

    /// The outermost value; may be of any kind.
    package var root: JSONValue { JSONValue(tape: tape, index: 0) }
}

/// What a document and all views into it share: the text and its nodes, the outermost first.
final class Tape: Sendable {
    let bytes: [UInt8]
    let nodes: [Node]

    init(bytes: [UInt8], nodes: [Node]) {
        self.bytes = bytes
        self.nodes = nodes
    }
}
