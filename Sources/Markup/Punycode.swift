/// Writes the labels of international host names in ASCII and back (RFC 3492, the bootstring of RFC 3492 §5).
enum Punycode {
    private static let prefix = "xn--"
    private static let base = 36
    private static let minimalThreshold = 1
    private static let maximalThreshold = 26
    /// Longest label of a host name in bytes (RFC 1035 §2.3.4); keeps the arithmetic far from overflow.
    private static let longestLabel = 63

    /// The host in ASCII and lower case; labels that cannot be written so stay as they are.
    static func ascii(host: String) -> String {
        mapLabels(host.lowercased()) { label in
            label.utf8.allSatisfy { $0 < 0x80 }
                ? nil : encoded(Array(label.unicodeScalars)).map { prefix + $0 }
        }
    }

    /// The host in Unicode; labels that are not punycode stay as they are.
    static func unicode(host: String) -> String {
        mapLabels(host) { label in
            label.lowercased().hasPrefix(prefix)
                ? decoded(Array(label.utf8.dropFirst(prefix.utf8.count))) : nil
        }
    }

    private static func mapLabels(_ host: String, _ transform: (Substring) -> String?) -> String {
        host.split(separator: ".", omittingEmptySubsequences: false)
            .map { transform($0) ?? String($0) }
            .joined(separator: ".")
    }

    /// RFC 3492 §6.3.
    private static func encoded(_ label: [Unicode.Scalar]) -> String? {
        guard label.count <= longestLabel else { return nil }
        var output = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basic = output.count
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var (n, delta, bias, handled) = (0x80, 0, 72, basic)
        while handled < label.count {
            guard let next = label.lazy.map({ Int($0.value) }).filter({ $0 >= n }).min() else { return nil }
            delta += (next - n) * (handled + 1)
            n = next
            for scalar in label {
                if scalar.value < n { delta += 1 }
                guard scalar.value == n else { continue }
                var q = delta
                for k in stride(from: base, to: .max, by: base) {
                    let t = threshold(k, bias)
                    if q < t { break }
                    output.append(digit(t + (q - t) % (base - t)))
                    q = (q - t) / (base - t)
                }
                output.append(digit(q))
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            n += 1
        }
        guard output.count + prefix.utf8.count <= longestLabel else { return nil }
        return String(decoding: output, as: UTF8.self)
    }

    /// RFC 3492 §6.2.
    private static func decoded(_ label: [UInt8]) -> String? {
        guard label.count <= longestLabel, label.allSatisfy({ $0 < 0x80 }) else { return nil }
        let delimiter = label.lastIndex(of: UInt8(ascii: "-"))
        var output = label[..<(delimiter ?? 0)].map { Unicode.Scalar($0) }
        var rest = label[(delimiter.map { $0 + 1 } ?? 0)...]
        var (n, i, bias) = (0x80, 0, 72)
        while !rest.isEmpty {
            let before = i
            var weight = 1
            for k in stride(from: base, to: .max, by: base) {
                guard let byte = rest.popFirst(), let digit = value(byte) else { return nil }
                // Beyond these bounds the number means no character, and would not fit for long.
                guard weight < 1 << 40, i < 1 << 40 else { return nil }
                i += digit * weight
                let t = threshold(k, bias)
                if digit < t { break }
                weight *= base - t
            }
            bias = adapted(i - before, output.count + 1, isFirst: before == 0)
            n += i / (output.count + 1)
            i %= output.count + 1
            guard let value = UInt32(exactly: n), let scalar = Unicode.Scalar(value) else { return nil }
            output.insert(scalar, at: i)
            i += 1
        }
        // What looks like a name in ASCII must not turn into something that is none.
        guard output.allSatisfy({ $0.isWord || $0 == "-" }) else { return nil }
        return String(String.UnicodeScalarView(output))
    }

    private static func threshold(_ k: Int, _ bias: Int) -> Int {
        min(max(k - bias, minimalThreshold), maximalThreshold)
    }

    /// RFC 3492 §6.1.
    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var k = 0
        while delta > (base - minimalThreshold) * maximalThreshold / 2 {
            delta /= base - minimalThreshold
            k += base
        }
        return k + (base - minimalThreshold + 1) * delta / (delta + 38)
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? 97 + value : 22 + value)
    }

    private static func value(_ digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit) - 97
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit) - 65
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit) - 22
        default: nil
        }
    }
}
