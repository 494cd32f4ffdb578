/// What to make of a Range field, RFC 9110 section 14.
package enum ByteRange: Hashable, Sendable {
    /// Answer 206 with these bytes.
    case part(Range<Int>)
    /// Answer 416.
    case unsatisfiable
    /// Answer 200 with everything: there is no range, or one we need not understand, such as several at once.
    case whole

    /// - Parameters:
    ///   - header: the value of the Range field, if there is one.
    ///   - length: that of the whole content, in bytes.
    package init(_ header: String?, length: Int) {
        self = .whole
        guard let header, length >= 0 else { return }
        let bytes = Array(header.utf8)
        guard let equals = bytes.firstIndex(of: ASCII.equals),
            bytes[..<equals].map(ASCII.lower).elementsEqual("bytes".utf8)
        else { return }
        let spec = ASCII.trim(bytes[(equals + 1)...])
        guard let dash = spec.firstIndex(of: UInt8(ascii: "-")) else { return }
        let left = spec[..<dash]
        let right = spec[(dash + 1)...]
        guard left.allSatisfy(ASCII.isDigit), right.allSatisfy(ASCII.isDigit) else { return }

        // A number beyond 18 digits lies behind the end of anything.
        let first = ASCII.decimal(left) ?? Int.max
        let last = ASCII.decimal(right) ?? Int.max
        switch (left.isEmpty, right.isEmpty) {
        case (true, true): return
        case (true, false):
            self =
                last == 0 || length == 0 ? .unsatisfiable : .part(max(0, length - min(last, length))..<length)
        case (false, _):
            guard first <= last else { return }
            self = first < length ? .part(first..<(last < length ? last + 1 : length)) : .unsatisfiable
        }
    }

    /// The value of Content-Range that belongs in the answer, or nil if none does.
    package func contentRange(length: Int) -> String? {
        switch self {
        case .part(let range): "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
        case .unsatisfiable: "bytes */\(length)"
        case .whole: nil
        }
    }
}
