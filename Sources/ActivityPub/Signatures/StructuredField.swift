/// A dictionary of RFC 8941 §3.2, the form in which `Signature-Input` and `Signature` come.
struct StructuredDictionary {
    var members: [StructuredMember] = []

    /// Nobody signs a request more often than this.
    static let limit = 16

    /// Reads strictly: what is not of the grammar refuses the whole. A key that comes twice does so too, for
    /// of two values each reader might take another.
    init(_ text: [UInt8]) throws(SignatureFault) {
        var reader = StructuredReader(text)
        reader.skipSpaces()
        while !reader.isAtEnd {
            let member = try reader.takeMember()
            guard self[member.key] == nil else { throw .repeatedParameter }
            guard members.count < StructuredDictionary.limit else { throw .malformedSignature }
            members.append(member)
            reader.skipSpaces(orTabs: true)
            guard !reader.isAtEnd else { break }
            guard reader.take(UInt8(ascii: ",")) else { throw .malformedSignature }
            reader.skipSpaces(orTabs: true)
            guard !reader.isAtEnd else { throw .malformedSignature }
        }
    }

    subscript(key: String) -> StructuredMember? { members.first { $0.key == key } }
}

/// A key of a dictionary with its value.
struct StructuredMember {
    var key: String
    var content: StructuredContent
    var parameters: StructuredParameters
    /// The value with its parameters, as it was written.
    var text: String
}

/// What a dictionary has under a key.
enum StructuredContent {
    case item(StructuredItem)
    case list([(item: StructuredItem, parameters: StructuredParameters)])
}

/// A bare item of RFC 8941 §3.3.
enum StructuredItem: Equatable {
    case integer(Int64)
    /// Of no use to us, therefore without its value.
    case decimal
    case string(String)
    case token(String)
    case bytes([UInt8])
    case boolean(Bool)
}

/// Parameters of RFC 8941 §3.1.2, in order.
struct StructuredParameters {
    private(set) var all: [(key: String, value: StructuredItem)] = []

    /// RFC 9421 knows six.
    static let limit = 16

    var isEmpty: Bool { all.isEmpty }

    subscript(key: String) -> StructuredItem? { all.first { $0.key == key }?.value }

    mutating func append(_ key: String, _ value: StructuredItem) throws(SignatureFault) {
        guard self[key] == nil else { throw .repeatedParameter }
        guard all.count < StructuredParameters.limit else { throw .malformedSignature }
        all.append((key, value))
    }
}
