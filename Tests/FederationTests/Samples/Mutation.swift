import ActivityPub
import JSON

/// One thing done to one field of a document.
struct Mutation: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case removed, null, number, otherType, long, deep, wrapped
    }

    /// Where the field is, for people.
    let path: String
    let kind: Kind
    /// The bytes that are replaced.
    private let range: Range<Int>
    private let value: JSONValue

    /// Levels of objects within each other that are gone into.
    private static let depth = 6

    /// Everything that can be done to a document, in its order. What cannot be read has nothing done to it.
    static func all(of document: [UInt8]) -> [Mutation] {
        guard let root = try? Document(document).root else { return [] }
        var found: [Mutation] = []
        collect(root, in: document, path: "", depth: 0, into: &found)
        return found
    }

    func applied(to document: [UInt8]) -> [UInt8] {
        var changed = document
        changed.replaceSubrange(range, with: replacement)
        return changed
    }

    private static func collect(
        _ value: JSONValue, in document: [UInt8], path: String, depth: Int, into found: inout [Mutation]
    ) {
        guard depth < Mutation.depth else { return }
        for (key, member) in value.kind == .object ? value.members : [] {
            let here = "\(path)/\(key)"
            for kind in Kind.allCases {
                let raw = member.rawBytes
                let range =
                    kind == .removed ? wholeMember(raw, in: document) : raw.startIndex..<raw.endIndex
                found.append(Mutation(path: here, kind: kind, range: range, value: member))
            }
            collect(member, in: document, path: here, depth: depth + 1, into: &found)
        }
        for (index, element) in (value.kind == .array ? value.elements : []).enumerated() {
            collect(element, in: document, path: "\(path)/\(index)", depth: depth + 1, into: &found)
        }
    }

    private var replacement: [UInt8] {
        switch kind {
        case .removed: []
        case .null: Array("null".utf8)
        case .number: Array("7".utf8)
        case .otherType:
            Array((value.kind == .string ? #"{"a":{"b":[]}}"# : value.kind == .array ? #""x""# : "[0]").utf8)
        case .long:
            [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "x"), count: 100_000) + [
                UInt8(ascii: "\"")
            ]
        case .deep:
            [UInt8](repeating: UInt8(ascii: "["), count: 200)
                + [UInt8](repeating: UInt8(ascii: "]"), count: 200)
        case .wrapped: [UInt8(ascii: "[")] + value.rawBytes + [UInt8(ascii: "]")]
        }
    }

    /// The member with its key, and the comma that goes with it.
    private static func wholeMember(_ value: ArraySlice<UInt8>, in document: [UInt8]) -> Range<Int> {
        let quote = UInt8(ascii: "\""), comma = UInt8(ascii: ",")
        var start = value.startIndex - 1
        while document[start] != quote { start -= 1 }
        start -= 1
        while document[start] != quote || document[start - 1] == UInt8(ascii: "\\") { start -= 1 }
        var before = start - 1
        while document[before] <= 0x20 { before -= 1 }
        if document[before] == comma { return before..<value.endIndex }
        var after = value.endIndex
        while document[after] <= 0x20 { after += 1 }
        return start..<(document[after] == comma ? after + 1 : value.endIndex)
    }

    /// Whether this one belongs to the fixed tenth that quick runs do, by a hash that is the same everywhere (FNV-1a).
    func isOfTheTenth(of file: String) -> Bool {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(file)\(path) \(kind.rawValue)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return (hash >> 32) % 10 == 0
    }
}
