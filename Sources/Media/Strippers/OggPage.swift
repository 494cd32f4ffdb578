/// A page of an Ogg: a head, a table of lengths, pieces of packets. RFC 3533 section 6.
struct OggPage {
    static let headSize = 27
    /// Head, table and content.
    static let largest = 27 + 255 + 255 * 255

    let start: Int
    let isFirst: Bool
    let isContinued: Bool
    let serial: Int
    /// How far the packets that end here reach, in a unit of the codec; nil if none ends.
    let position: Int?
    /// How long the pieces are; a packet goes on after 255.
    let pieces: [UInt8]

    var body: Int { start + OggPage.headSize + pieces.count }
    var end: Int { body + pieces.reduce(0) { $0 + Int($1) } }

    init(_ reader: inout ReadAhead, at start: Int) throws(UploadError) {
        let head = Array(try reader.bytes(OggPage.headSize, at: start))
        guard head.starts(with: "OggS".utf8), head[4] == 0 else { throw .damaged }
        self.start = start
        isContinued = head[5] & 1 != 0
        isFirst = head[5] & 2 != 0
        position = head[6..<14].reversed().bigEndian
        serial = head[14..<18].reversed().bigEndian ?? 0
        pieces = Array(try reader.bytes(Int(head[26]), at: start + OggPage.headSize))
        guard end <= reader.file.length else { throw .damaged }
    }

    /// Makes the checksum right after a change.
    func sign(_ file: EditableFile) throws(UploadError) {
        var bytes = try file.read(end - start, at: start)
        bytes.replaceSubrange(22..<26, with: [0, 0, 0, 0])
        let sum = OggPage.checksum(bytes)
        try file.overwrite((0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }, at: start + 22)
    }

    /// CRC-32 with the polynomial 04C11DB7, highest bit first, nothing inverted.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.reduce(0) { sum, byte in (sum << 8) ^ table[Int(UInt8(sum >> 24) ^ byte)] }
    }

    private static let table: [UInt32] = (0..<256 as Range<UInt32>).map { byte in
        (0..<8).reduce(byte << 24) { sum, _ in sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04C1_1DB7 : sum << 1 }
    }
}
