/// One stream of an Ogg: its first packets are put together and cleaned, its last position says how long it
/// is.
struct OggSound {
    /// Streams one after the other in a file.
    static let most = 1_000
    /// Packets before the sound; only FLAC can have more than three.
    private static let mostHeads = 128

    private enum Codec {
        case vorbis, opus, flac
    }

    let serial: Int
    private let file: EditableFile
    private var codec: Codec?
    /// Positions a second.
    private var rate = 0
    /// Positions before the sound.
    private var skipped = 0
    private var position = 0
    /// Whether all packets before the sound have come.
    private var isBegun = false
    private var packets = 0
    private var packet: SpannedBytes
    private var pages: [OggPage] = []
    /// FLAC says it in its first packet.
    private var duration: Double?

    init(_ file: EditableFile, serial: Int) {
        self.file = file
        self.serial = serial
        packet = SpannedBytes(file)
    }

    mutating func take(_ page: OggPage) throws(UploadError) {
        position = max(position, page.position ?? 0)
        guard !isBegun else { return }
        guard page.isContinued == (packet.count > 0) else { throw .damaged }
        guard pages.count < SpannedBytes.most else { throw .damaged }
        pages.append(page)
        var place = page.body
        for piece in page.pieces where !isBegun {
            try packet.append(place..<place + Int(piece))
            place += Int(piece)
            if piece < 255 {
                try finishPacket()
                packet = SpannedBytes(file)
            }
        }
        guard isBegun else { return }
        for page in pages { try page.sign(file) }
        pages = []
    }

    /// - Returns: how long it was, in seconds.
    /// - Throws: if it ended before the sound began.
    func end() throws(UploadError) -> Double {
        guard isBegun else { throw .damaged }
        return duration ?? Double(max(0, position - skipped)) / Double(rate)
    }

    private mutating func finishPacket() throws(UploadError) {
        packets += 1
        guard packets <= OggSound.mostHeads else { throw .damaged }
        guard let codec else { return try begin() }
        switch codec {
        case .vorbis where packets == 2:
            try expect("\u{3}vorbis")
            // A bit behind the list says that it was whole.
            let end = try VorbisComments.strip(packet, from: 7)
            guard try packet.read(1, at: end)[0] & 1 == 1 else { throw .damaged }
            try packet.fill(end + 1..<packet.count)
        case .vorbis:
            try expect("\u{5}vorbis")
            isBegun = true
        case .opus:
            try expect("OpusTags")
            let end = try VorbisComments.strip(packet, from: 8)
            try packet.fill(end..<packet.count)
            isBegun = true
        case .flac:
            let isLast = try packet.read(1, at: 0)[0] & 0x80 != 0
            try FLACBlock.strip(packet)
            isBegun = isLast
        }
    }

    private mutating func begin() throws(UploadError) {
        let start = try packet.read(min(19, packet.count), at: 0)
        if start.starts(with: "\u{1}vorbis".utf8) {
            codec = .vorbis
            rate = try packet.littleNumber(4, at: 12)
        } else if start.starts(with: "OpusHead".utf8) {
            codec = .opus
            rate = 48_000
            skipped = try packet.littleNumber(2, at: 10)
        } else if start.starts(with: "\u{7F}FLAC".utf8) {
            codec = .flac
            // Versions and a count come before a stream of FLAC as it is alone.
            guard try packet.read(5, at: 9) == Array("fLaC".utf8) + [0] else { throw .damaged }
            var block = SpannedBytes(file)
            guard packet.spans.count == 1, let span = packet.spans.first, span.count >= 51 else {
                throw .damaged
            }
            try block.append(span.lowerBound + 13..<span.upperBound)
            duration = try FLACStripper.duration(block)
            rate = Int(try packet.read(3, at: 27).bigEndian ?? 0) >> 4
        } else {
            throw .unsupportedType
        }
        guard rate > 0 else { throw .damaged }
    }

    private func expect(_ start: String) throws(UploadError) {
        guard try packet.read(start.utf8.count, at: 0).elementsEqual(start.utf8) else { throw .damaged }
    }
}
