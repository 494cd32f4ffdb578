/// The first block of a PEM text, taken apart. RFC 7468.
///
/// OpenSSL's own PEM reader asks for a password on the terminal when the text says it is encrypted; a
/// stranger's text must not be able to do that. And some servers publish keys with CRLF, without the last
/// newline, or with the two characters `\n` where a newline should be.
struct PEMBlock {
    var label: [UInt8]
    /// The content, in DER.
    var bytes: [UInt8]

    /// Longest text that is looked at, in bytes; an RSA key of 8192 bits takes 1,500 (public) or 6,400
    /// (private).
    static let limit = 16_384

    init(_ text: String) throws(KeyError) {
        var text = text
        let block = text.withUTF8 { text in
            text.count <= PEMBlock.limit ? PEMBlock.parse(text) : nil
        }
        guard let block else { throw .notPEM }
        self = block
    }

    private init(label: [UInt8], bytes: [UInt8]) {
        self.label = label
        self.bytes = bytes
    }

    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> PEMBlock? {
        let dashes = Array("-----".utf8)
        guard let begin = find(Array("-----BEGIN ".utf8), in: text, from: 0),
            let labelEnd = find(dashes, in: text, from: begin.upperBound)
        else { return nil }
        let label = Array(text[begin.upperBound..<labelEnd.lowerBound])
        let ending = Array("-----END ".utf8) + label + dashes
        guard let end = find(ending, in: text, from: labelEnd.upperBound) else { return nil }

        let content = compact(text[labelEnd.upperBound..<end.lowerBound])
        let bytes = content.withUnsafeBufferPointer { Base64.decode($0, isStrict: true) }
        return bytes.map { PEMBlock(label: label, bytes: $0) }
    }

    /// The Base64 characters alone: white space goes, and so do `\n` and `\r` spelled out.
    private static func compact(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var isEscaped = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "n") where isEscaped, UInt8(ascii: "r") where isEscaped: isEscaped = false
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                isEscaped = false
            default:
                isEscaped = false
                result.append(byte)
            }
        }
        return result
    }

    private static func find(
        _ pattern: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Range<Int>? {
        guard text.count - start >= pattern.count else { return nil }
        for index in start...(text.count - pattern.count) where text[index] == pattern[0] {
            if text[index..<index + pattern.count].elementsEqual(pattern) {
                return index..<index + pattern.count
            }
        }
        return nil
    }
}
