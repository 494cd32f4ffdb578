/// The size that a picture says it has, read from its first bytes. Nothing is decoded.
enum ClaimedSize {
    /// False if these bytes say a size that nobody can show, which is how a small file becomes a large picture.
    static func isReasonable(_ start: [UInt8], _ kind: MediaKind) -> Bool {
        guard let (width, height) = read(start, kind) else { return true }
        return MediaHeader(kind: kind, width: width, height: height).isReasonable
    }

    /// Width and height in pixels; nil if they are not among these bytes.
    static func read(_ start: [UInt8], _ kind: MediaKind) -> (Int, Int)? {
        switch kind {
        case .png:
            // After the signature the first chunk is IHDR, <https://www.w3.org/TR/png-3/#11IHDR>.
            guard start.count >= 24 else { return nil }
            return (big(start[16..<20]), big(start[20..<24]))
        case .gif:
            // The logical screen, GIF89a section 18.
            guard start.count >= 10 else { return nil }
            return (little(start[6..<8]), little(start[8..<10]))
        case .webp: return webp(start)
        case .jpeg: return jpeg(start)
        default: return nil
        }
    }

    /// RFC 9649 sections 2.5 to 2.7.
    private static func webp(_ start: [UInt8]) -> (Int, Int)? {
        guard start.count >= 30 else { return nil }
        switch String(decoding: start[12..<16], as: UTF8.self) {
        case "VP8X": return (little(start[24..<27]) + 1, little(start[27..<30]) + 1)
        case "VP8 ": return (little(start[26..<28]) & 0x3FFF, little(start[28..<30]) & 0x3FFF)
        case "VP8L":
            let bits = little(start[21..<25])
            return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        default: return nil
        }
    }

    /// The first start of frame, ITU-T T.81 section B.2.2.
    private static func jpeg(_ start: [UInt8]) -> (Int, Int)? {
        var place = 2
        while place + 9 <= start.count, start[place] == 0xFF {
            let code = start[place + 1]
            switch code {
            case 0x00: return nil
            case 0xFF: place += 1
            case 0x01, 0xD0...0xD8: place += 2
            case 0xC4, 0xC8, 0xCC, 0x02...0xBF, 0xDA...0xFE, 0xD9:
                place += 2 + max(2, big(start[place + 2..<place + 4]))
            default:
                return (big(start[place + 7..<place + 9]), big(start[place + 5..<place + 7]))
            }
        }
        return nil
    }

    private static func big(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
    private static func little(_ bytes: ArraySlice<UInt8>) -> Int { big(ArraySlice(bytes.reversed())) }
}
