/// Sounds written down piece by piece.
enum SoundBytes {
    /// A frame of MPEG-1 layer III with 32 kbit/s at 32 kHz, 144 bytes, mono.
    static func frame(_ fill: UInt8) -> [UInt8] {
        [0xFF, 0xFB, 0x18, 0xC0] + [UInt8](repeating: fill, count: 140)
    }

    static func safe(_ size: Int) -> [UInt8] { (0..<4).map { UInt8(size >> (21 - 7 * $0) & 0x7F) } }

    /// - Parameter padding: zeros behind the frames.
    static func id3(_ version: UInt8, flags: UInt8 = 0, _ frames: [UInt8], padding: Int = 20) -> [UInt8] {
        Array("ID3".utf8) + [version, 0, flags] + safe(frames.count + padding) + frames
            + [UInt8](repeating: 0, count: padding)
    }

    static func text(_ version: UInt8, _ name: String, _ value: String, flags: [UInt8] = [0, 0]) -> [UInt8] {
        let size = value.utf8.count + 1
        let field =
            version == 2 ? EditedBytes.big(size, 3) : version == 3 ? EditedBytes.big(size, 4) : safe(size)
        return Array(name.utf8) + field + (version == 2 ? [] : flags) + [3] + Array(value.utf8)
    }

    static func id3v1(comment: String, track: UInt8) -> [UInt8] {
        func field(_ text: String, _ size: Int) -> [UInt8] {
            Array(text.utf8) + [UInt8](repeating: 0, count: size - text.utf8.count)
        }
        return Array("TAG".utf8) + field("Title", 30) + field("Artist", 30) + field("Album", 30)
            + Array("1999".utf8) + field(comment, 28) + [0, track, 17]
    }

    static func ape(_ text: String) -> [UInt8] {
        let content = Array(text.utf8)
        func end(_ flags: Int) -> [UInt8] {
            Array("APETAGEX".utf8) + EditedBytes.little(2_000, 4) + EditedBytes.little(content.count + 32, 4)
                + EditedBytes.little(1, 4) + EditedBytes.little(flags, 4) + [UInt8](repeating: 0, count: 8)
        }
        return end(0xA000_0000) + content + end(0x8000_0000)
    }

    static func lyrics(_ text: String) -> [UInt8] {
        let content = "LYRICSBEGIN\(text)"
        let size = String(content.utf8.count)
        return Array((content + String(repeating: "0", count: 6 - size.count) + size + "LYRICS200").utf8)
    }

    /// A list of comments as Vorbis, Opus and FLAC have it.
    static func comments(_ vendor: String, _ comments: [String]) -> [UInt8] {
        func text(_ text: String) -> [UInt8] { EditedBytes.little(text.utf8.count, 4) + Array(text.utf8) }
        return text(vendor) + EditedBytes.little(comments.count, 4) + comments.flatMap(text)
    }

    static func block(_ type: UInt8, _ content: [UInt8], isLast: Bool = false) -> [UInt8] {
        [type | (isLast ? 0x80 : 0)] + EditedBytes.big(content.count, 3) + content
    }

    /// 44,100 samples a second, 16 bits, mono.
    static func streamInfo(samples: Int) -> [UInt8] {
        EditedBytes.big(4_096, 2) + EditedBytes.big(4_096, 2) + EditedBytes.big(0, 6)
            + EditedBytes.big(44_100 << 44 | 15 << 36 | samples, 8) + [UInt8](repeating: 5, count: 16)
    }
}
