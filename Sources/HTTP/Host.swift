/// What may stand between `//` and the path of an address.
enum Host {
    /// A host name as it stands in DNS; nil for an empty label, a foreign character, or more than DNS can
    /// hold.
    static func ascii(_ host: String) -> String? {
        guard host.utf8.count <= 1_024 else { return nil }
        if host.utf8.allSatisfy({ $0 < 128 }) {
            let name = ASCII.lowercased(host)
            return isName(name.utf8) ? name : nil
        }
        var labels: [[UInt8]] = []
        let scalars = Array(host.lowercased().unicodeScalars)
        for label in scalars.split(omittingEmptySubsequences: false, whereSeparator: isDot) {
            guard let encoded = asciiLabel(Array(label)) else { return nil }
            labels.append(encoded)
        }
        let name = Array(labels.joined(separator: [UInt8(ascii: ".")]))
        return isName(name) ? String(decoding: name, as: UTF8.self) : nil
    }

    private static func asciiLabel(_ label: [Unicode.Scalar]) -> [UInt8]? {
        if label.allSatisfy(\.isASCII) { return label.map { UInt8(truncatingIfNeeded: $0.value) } }
        guard label.allSatisfy({ $0.isASCII || mayStandInLabel($0) }), let encoded = Punycode.encode(label)
        else {
            return nil
        }
        return Array("xn--".utf8) + encoded
    }

    /// The full stops of other scripts separate labels too, RFC 3490 section 3.1.
    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
    }

    /// Letters, marks, numbers and symbols. Not what is invisible or unassigned: it would only disguise a
    /// name.
    private static func mayStandInLabel(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isDefaultIgnorableCodePoint { return false }
        return switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark,
            .spacingMark, .decimalNumber, .otherSymbol, .mathSymbol:
            true
        default:
            // The two dots that languages need inside words, RFC 5892 appendix A.3 and A.7.
            scalar == "\u{B7}" || scalar == "\u{30FB}"
        }
    }

    /// Labels of 1 to 63 letters, digits and hyphens with dots between them, 253 in all, RFC 1035 section
    /// 2.3.4.
    private static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        guard 1...253 ~= bytes.count else { return false }
        var length = 0
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                guard length > 0 else { return false }
                length = 0
            } else {
                length += 1
                guard length <= 63, ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-")
                else {
                    return false
                }
            }
        }
        return length > 0
    }

    /// Whether the bytes are an IPv6 address without zone, RFC 4291 section 2.2.
    static func isIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard 2...45 ~= bytes.count else { return false }
        let parts = bytes.split(separator: ASCII.colon, omittingEmptySubsequences: false)
        var groups = 0
        var gaps = 0
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                // An empty part is the gap `::`, which leaves a second one beside it at either end.
                let isEdge = index == 0 || index == parts.count - 1
                let neighbour = index == 0 ? 1 : parts.count - 2
                if isEdge {
                    guard parts.count > 2, parts[neighbour].isEmpty else { return false }
                } else {
                    gaps += 1
                }
            } else if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard isIPv4(part) else { return false }
                groups += 2
            } else {
                guard part.count <= 4, part.allSatisfy({ ASCII.hexValue($0) != nil }) else { return false }
                groups += 1
            }
        }
        return gaps == 0 ? groups == 8 : gaps == 1 && groups < 8
    }

    private static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.count <= 3 && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && ASCII.decimal(part).map { $0 <= 255 } ?? false
            }
    }
}
