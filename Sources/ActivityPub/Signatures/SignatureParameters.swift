/// The parameters of a `Signature` header: `name="value"` or `name=value` with commas between them.
///
/// draft-cavage-http-signatures-12 §2.1 and §4.1. Spaces around commas and equals signs are let pass.
struct SignatureParameters {
    private var values: [(name: [UInt8], value: [UInt8])] = []

    /// More than this many are not a signature. The draft knows seven.
    static let limit = 32

    init(_ text: [UInt8]) throws(SignatureFault) {
        var rest = text[...]
        SignatureParameters.skipSpace(&rest)
        while !rest.isEmpty {
            let name = try SignatureParameters.takeName(&rest)
            let value = try SignatureParameters.takeValue(&rest)
            guard self[name] == nil else { throw .repeatedParameter }
            guard values.count < SignatureParameters.limit else { throw .malformedSignature }
            values.append((name, value))
            SignatureParameters.skipSpace(&rest)
            guard !rest.isEmpty else { break }
            guard rest.popFirst() == UInt8(ascii: ",") else { throw .malformedSignature }
            SignatureParameters.skipSpace(&rest)
        }
    }

    subscript(name: [UInt8]) -> [UInt8]? {
        values.first { $0.name == name }?.value
    }

    subscript(name: String) -> [UInt8]? {
        values.first { $0.name.elementsEqual(name.utf8) }?.value
    }

    private static func takeName(_ rest: inout ArraySlice<UInt8>) throws(SignatureFault) -> [UInt8] {
        let name = rest.prefix { isNameByte($0) }
        rest = rest[name.endIndex...]
        skipSpace(&rest)
        guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { throw .malformedSignature }
        skipSpace(&rest)
        return Array(name)
    }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) throws(SignatureFault) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard rest.first == quote else {
            // Meant for numbers; whatever else comes is of no use later on.
            let value = rest.prefix { $0 != UInt8(ascii: ",") && !isSpace($0) }
            rest = rest[value.endIndex...]
            return Array(value)
        }
        rest.removeFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case quote: return value
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { throw .malformedSignature }
                value.append(escaped)
            default: value.append(byte)
            }
        }
        throw .malformedSignature
    }

    private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop(while: isSpace)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
