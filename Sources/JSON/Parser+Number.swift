extension Parser {
    /// Passes a number as RFC 8259 §6 writes it: no leading zeros, no plus, digits on both sides of the
    /// point.
    mutating func skipNumber() throws(JSONError) {
        if byteHere == UInt8(ascii: "-") { position += 1 }
        if byteHere == UInt8(ascii: "0") {
            position += 1
        } else {
            try skipDigits()
        }
        if byteHere == UInt8(ascii: ".") {
            position += 1
            try skipDigits()
        }
        if let byte = byteHere, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if byteHere == UInt8(ascii: "+") || byteHere == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        // What may not follow a number (the second digit of `01`) the caller finds: it wants a comma or an
        // end.
    }

    /// At least one.
    private mutating func skipDigits() throws(JSONError) {
        let first = position
        while let byte = byteHere, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            position += 1
        }
        guard position > first else { throw .invalid(at: position) }
    }

    private var byteHere: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }
}
