/// A colour of the screen, eight bits each.
struct Colour {
    let red: UInt8
    let green: UInt8
    let blue: UInt8
}

/// Writes pictures of two colours as PNG (<https://www.w3.org/TR/png-3/>): one bit a pixel, rows that repeat the one
/// above cost almost nothing.
///
/// The compressed part uses the fixed codes of RFC 1951 section 3.2.6 with runs of one byte only, which is all that a
/// flat drawing needs.
struct TwoColourPNG {
    let width: Int
    let height: Int
    let paper: Colour
    let ink: Colour

    /// - Parameter isInk: the colour of the pixel at `x`, `y`, counted from the upper left.
    func encode(_ isInk: (_ x: Int, _ y: Int) -> Bool) -> [UInt8] {
        var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        // One bit of depth, colours from a palette, and the one compression, filter set and order there is.
        append("IHDR", big(width) + big(height) + [1, 3, 0, 0, 0], to: &png)
        append("PLTE", [paper.red, paper.green, paper.blue, ink.red, ink.green, ink.blue], to: &png)
        append("IDAT", compressed(rows(isInk)), to: &png)
        append("IEND", [], to: &png)
        return png
    }

    /// Each row with the filter "up" (2): the difference to the row above, zero where nothing changes.
    private func rows(_ isInk: (Int, Int) -> Bool) -> [UInt8] {
        let rowBytes = (width + 7) / 8
        var rows: [UInt8] = []
        rows.reserveCapacity((rowBytes + 1) * height)
        var above = [UInt8](repeating: 0, count: rowBytes)
        for y in 0..<height {
            rows.append(2)
            var row = [UInt8](repeating: 0, count: rowBytes)
            for x in 0..<width where isInk(x, y) { row[x / 8] |= 0x80 >> UInt8(x % 8) }
            for (byte, old) in zip(row, above) { rows.append(byte &- old) }
            above = row
        }
        return rows
    }

    /// The zlib format, RFC 1950: header, one block, checksum.
    private func compressed(_ data: [UInt8]) -> [UInt8] {
        var bits = BitWriter()
        bits.append(0b011, count: 3)  // last block, fixed codes
        var index = 0
        while index < data.count {
            let byte = data[index]
            bits.appendLiteral(byte)
            index += 1
            var run = 0
            while index + run < data.count, data[index + run] == byte { run += 1 }
            // A match of length 3 to 10 at distance 1: codes 257 to 264 without extra bits.
            while run >= 3 {
                let length = min(run, 10)
                bits.appendCode(UInt32(length - 3 + 1), count: 7)
                bits.appendCode(0, count: 5)
                index += length
                run -= length
            }
        }
        bits.appendCode(0, count: 7)  // end of block
        return [0x78, 0x01] + bits.finished() + big(Int(adler(data)))
    }

    private func append(_ name: StaticString, _ content: [UInt8], to png: inout [UInt8]) {
        let body = name.withUTF8Buffer { Array($0) } + content
        png += big(content.count) + body + big(Int(crc(body)))
    }

    private func big(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    /// CRC-32 as PNG's annex D defines it.
    private func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    /// Adler-32, RFC 1950 section 8.2.
    private func adler(_ bytes: [UInt8]) -> UInt32 {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }
}

/// Bits packed from the lowest up, as RFC 1951 section 3.1.1 wants them.
private struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt32 = 0
    private var count = 0

    mutating func append(_ value: UInt32, count: Int) {
        pending |= value << UInt32(self.count)
        self.count += count
        while self.count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            self.count -= 8
        }
    }

    /// Codes, unlike numbers, are packed from their highest bit down.
    mutating func appendCode(_ code: UInt32, count: Int) {
        for bit in (0..<count).reversed() { append(code >> UInt32(bit) & 1, count: 1) }
    }

    mutating func appendLiteral(_ byte: UInt8) {
        if byte < 144 {
            appendCode(0x30 + UInt32(byte), count: 8)
        } else {
            appendCode(0x190 + UInt32(byte) - 144, count: 9)
        }
    }

    func finished() -> [UInt8] {
        count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes
    }
}
