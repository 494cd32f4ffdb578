/// Checks text that comes in pieces for being UTF-8, and fails at the first byte that cannot be part of any.
///
/// The table of well-formed sequences is that of Unicode 16 section 3.9.3 (table 3-7).
struct UTF8Validator: Sendable {
    /// Continuation bytes still to come, and the bounds of the next one.
    private var needed = 0
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    /// Whether no sequence is unfinished.
    var isComplete: Bool { needed == 0 }

    /// Takes the next bytes; false if they are not UTF-8 any more.
    mutating func accept(_ bytes: ArraySlice<UInt8>) -> Bool {
        for byte in bytes {
            if needed > 0 {
                guard lower <= byte, byte <= upper else { return false }
                needed &-= 1
                lower = 0x80
                upper = 0xBF
            } else if byte >= 0x80 {
                guard begin(byte) else { return false }
            }
        }
        return true
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: needed = 1
        case 0xE0...0xEF: needed = 2
        case 0xF0...0xF4: needed = 3
        default: return false
        }
        switch byte {
        case 0xE0: lower = 0xA0  // shorter forms exist
        case 0xED: upper = 0x9F  // surrogates
        case 0xF0: lower = 0x90  // shorter forms exist
        case 0xF4: upper = 0x8F  // beyond U+10FFFF
        default: break
        }
        return true
    }
}
