import Federation
import Foundation
import Testing

@testable import Web

struct TwoColourPNGTests {
    private let black = Colour(red: 0, green: 0, blue: 0)
    private let white = Colour(red: 255, green: 255, blue: 255)

    @Test func `one black pixel is what the standard says`() {
        let png = TwoColourPNG(width: 1, height: 1, paper: white, ink: black).encode { _, _ in true }
        let hex = png.map { String(format: "%02x", $0) }.joined()
        #expect(hex.hasPrefix("89504e470d0a1a0a0000000d4948445200000001000000010103000000"))
        #expect(hex.hasSuffix("0000000049454e44ae426082"))
        #expect(hex.contains("504c5445ffffff000000"))
    }

    /// Widths that do not fill a byte, long and short runs, literals on both sides of 144.
    @Test(arguments: [(1, 1), (7, 3), (8, 8), (33, 5), (400, 40)])
    func `what is drawn is what is read`(width: Int, height: Int) throws {
        let isInk: (Int, Int) -> Bool = { x, y in (x * x + y * 3) % 7 < 3 || y > height / 2 }
        let png = TwoColourPNG(width: width, height: height, paper: white, ink: black).encode(isInk)
        let rows = try Inflated(png: png).rows(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width { #expect((rows[y][x / 8] >> UInt8(7 - x % 8) & 1 == 1) == isInk(x, y)) }
        }
    }

    @Test func `the pictures of the pages are small`() {
        #expect(Pictures.avatar.bytes.count < 6_000)
        #expect(Pictures.header.bytes.count < 4_000)
        #expect(Pictures.icon.bytes.count < 2_000)
        #expect(Pictures.favicon.bytes.count < 500)
    }
}

/// The pixels of a picture, read by the rules of RFC 1951 for blocks with fixed codes.
private struct Inflated {
    private var bits: [UInt8]
    private var position = 0

    init(png: [UInt8]) throws {
        let start = try #require(png.indices.first { png[$0...].starts(with: "IDAT".utf8) })
        let length = png[(start - 4)..<start].reduce(0) { $0 << 8 | Int($1) }
        let data = png[(start + 4)..<(start + 4 + length)]
        bits = data.dropFirst(2).dropLast(4).flatMap { byte in (0..<8).map { byte >> UInt8($0) & 1 } }
    }

    func rows(width: Int, height: Int) throws -> [[UInt8]] {
        var reader = self
        let bytes = try reader.inflate()
        let length = (width + 7) / 8
        #expect(bytes.count == (length + 1) * height)
        var rows: [[UInt8]] = []
        for y in 0..<height {
            let line = bytes[(y * (length + 1))..<((y + 1) * (length + 1))]
            #expect(line.first == 2)
            let above = rows.last ?? [UInt8](repeating: 0, count: length)
            rows.append(zip(line.dropFirst(), above).map { $0 &+ $1 })
        }
        return rows
    }

    private mutating func inflate() throws -> [UInt8] {
        #expect(number(3) == 0b011)
        var out: [UInt8] = []
        while true {
            let symbol = self.symbol()
            switch symbol {
            case 0..<256: out.append(UInt8(symbol))
            case 256: return out
            default:
                #expect(257...264 ~= symbol && code(5) == 0)
                let last = try #require(out.last)
                out += [UInt8](repeating: last, count: symbol - 254)
            }
        }
    }

    private mutating func symbol() -> Int {
        let seven = code(7)
        if seven <= 0b0010111 { return 256 + seven }
        let eight = seven << 1 | code(1)
        if eight <= 0b10111111 { return eight - 0b00110000 }
        if eight <= 0b11000111 { return 280 + eight - 0b11000000 }
        return 144 + (eight << 1 | code(1)) - 0b110010000
    }

    private mutating func number(_ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | code(1) << $1 }
    }

    private mutating func code(_ count: Int) -> Int {
        (0..<count).reduce(0) { value, _ in
            defer { position += 1 }
            return value << 1 | Int(bits[position])
        }
    }
}
