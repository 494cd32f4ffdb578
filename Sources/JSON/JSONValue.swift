/// A view of one value inside a document; cheap to copy, it keeps the whole document alive.
///
/// Asking for what is not there, or is of another kind, gives `nil` or nothing: strangers' shapes are not
/// trusted.
package struct JSONValue: Sendable {
    package enum Kind: UInt8, Sendable {
        case null, bool, number, string, array, object
    }

    private let tape: Tape
    private let index: Int

    init(tape: Tape, index: Int) {
        self.tape = tape
        self.index = index
    }

    private var node: Node { tape.nodes[index] }

    /// What the value is.
    package var kind: Kind { node.kind }

    /// Whether the value is `null`.
    package var isNull: Bool { node.kind == .null }

    /// `true` or `false`; `nil` for all other values.
    package var bool: Bool? {
        node.kind == .bool ? tape.bytes[node.start] == UInt8(ascii: "t") : nil
    }

    /// The text of a string, `nil` for all other values. It may contain U+0000.
    package var string: String? {
        node.kind == .string ? text(of: node) : nil
    }

    /// How many elements an array or members an object has; 0 for all other values.
    package var count: Int { node.count }

    /// The value's exact source text, quotes included.
    package var rawBytes: ArraySlice<UInt8> {
        let node = node
        return node.kind == .string
            ? tape.bytes[node.start - 1...node.end] : tape.bytes[node.start..<node.end]
    }

    /// The elements of an array in order; none for all other values.
    package var elements: [JSONValue] {
        guard node.kind == .array else { return [] }
        var elements: [JSONValue] = []
        elements.reserveCapacity(node.count)
        var element = index + 1
        while element < node.next {
            elements.append(JSONValue(tape: tape, index: element))
            element = tape.nodes[element].next
        }
        return elements
    }

    /// The members of an object in the order they were written; none for all other values.
    package var members: [(key: String, value: JSONValue)] {
        guard node.kind == .object else { return [] }
        var members: [(key: String, value: JSONValue)] = []
        members.reserveCapacity(node.count)
        var key = index + 1
        while key < node.next {
            members.append((text(of: tape.nodes[key]), JSONValue(tape: tape, index: key + 1)))
            key = tape.nodes[key + 1].next
        }
        return members
    }

    /// The value that an object has under this key; `nil` when there is none or this is not an object.
    package subscript(_ key: String) -> JSONValue? {
        let object = node
        guard object.kind == .object else { return nil }
        let wanted = key.utf8
        let length = wanted.count
        var position = index + 1
        while position < object.next {
            let node = tape.nodes[position]
            if node.hasEscapes {
                if unescaped(tape.bytes[node.start..<node.end]).elementsEqual(wanted) {
                    return JSONValue(tape: tape, index: position + 1)
                }
            } else if node.end - node.start == length,
                tape.bytes[node.start..<node.end].elementsEqual(wanted)
            {
                return JSONValue(tape: tape, index: position + 1)
            }
            position = tape.nodes[position + 1].next
        }
        return nil
    }

    private func text(of node: Node) -> String {
        let raw = tape.bytes[node.start..<node.end]
        return String(decoding: node.hasEscapes ? unescaped(raw)[...] : raw, as: UTF8.self)
    }
}
