/// The bytes that a string with escapes stands for (RFC 8259 §7), as UTF-8.
///
/// An escape that is half of a surrogate pair becomes U+FFFD, as it has no place in Unicode text.
/// - Parameter raw: what lies between the quotes, already found to be grammatical.
func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var index = raw.startIndex
    while index < raw.endIndex {
        let byte = raw[index]
        guard byte == UInt8(ascii: "\\"), index + 1 < raw.endIndex else {
            text.append(byte)
            index += 1
            continue
        }
        let letter = raw[index + 1]
        if letter == UInt8(ascii: "u") {
            let (scalar, end) = escapedScalar(raw, at: index)
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            index = end
        } else {
            text.append(plain(letter))
            index += 2
        }
    }
    return text
}

/// What a letter after the backslash stands for; quote, backslash and slash stand for themselves.
private func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
}

/// The scalar of one `\uXXXX`, or of two that make a surrogate pair, and the index behind it.
private func escapedScalar(_ raw: ArraySlice<UInt8>, at index: Int) -> (Unicode.Scalar, end: Int) {
    let end = index + 6
    guard let first = codeUnit(raw, at: index) else { return ("\u{FFFD}", end) }
    if let scalar = Unicode.Scalar(first) { return (scalar, end) }
    guard UTF16.isLeadSurrogate(first), let second = codeUnit(raw, at: end), UTF16.isTrailSurrogate(second)
    else {
        return ("\u{FFFD}", end)
    }
    return (UTF16.decode(UTF16.EncodedScalar([first, second])), end + 6)
}

/// The number in the `\uXXXX` at this index; `nil` when there is none.
private func codeUnit(_ raw: ArraySlice<UInt8>, at index: Int) -> UInt16? {
    guard index + 6 <= raw.endIndex, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u")
    else {
        return nil
    }
    var unit: UInt16 = 0
    for digit in raw[index + 2..<index + 6] {
        unit = unit << 4 | (hexDigit(digit) ?? 0)
    }
    return unit
}
