/// Text as the search index takes it: what is written in scripts without spaces is cut into pairs of characters.
///
/// `東京都` becomes `東京 京都 都`, so that words inside are found as neighbouring pairs. The last character stands
/// alone too, so that every character begins a word of the index.
package enum Bigrams {
    /// Begins words of the index that are not from the text: a private character, taken out of every text.
    package static let mark: Unicode.Scalar = "\u{E000}"

    /// The text as it is indexed.
    package static func cut(_ text: String) -> String {
        cut(text, isQuestion: false).text
    }

    /// What is asked for, cut the same way but for the end: `東京` is to be found inside `東京都`.
    ///
    /// - Returns: the text, and whether its last word is only a beginning.
    package static func question(_ text: String) -> (text: String, isBeginning: Bool) {
        cut(text, isQuestion: true)
    }

    private static func cut(_ text: String, isQuestion: Bool) -> (text: String, isBeginning: Bool) {
        var out = String.UnicodeScalarView()
        var isBeginning = false
        // The last character of a run, which is not written yet, and how many came before it.
        var last: Unicode.Scalar?
        var before = 0
        for scalar in text.unicodeScalars where !isSelector(scalar) {
            if isSpaceless(scalar) {
                if let last {
                    out.append(last)
                    out.append(scalar)
                    out.append(" ")
                    before += 1
                } else {
                    out.append(" ")
                }
                last = scalar
                continue
            }
            if let ended = last {
                out.append(ended)
                out.append(" ")
                last = nil
                before = 0
            }
            out.append(scalar.value < 0x20 || scalar == mark ? " " : scalar)
        }
        if let last, !isQuestion || before == 0 {
            out.append(last)
            isBeginning = isQuestion
        }
        return (String(out), isBeginning)
    }

    /// Asks for a coloured or a plain picture; the reader of the index would take it for a word.
    private static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
        0xFE00...0xFE0F ~= scalar.value || scalar.value == 0x200D
    }

    /// Han, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar, <https://www.unicode.org/Public/UNIDATA/Blocks.txt>.
    private static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x0E00: false
        case 0x30FB, 0x30A0, 0x0E3F: false  // punctuation among the letters
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x19E0...0x19FF: true
        case 0x3005...0x3007, 0x303B, 0x3041...0x30FF, 0x31F0...0x31FF: true
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F: true
        case 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x1AFF0...0x1B16F, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
