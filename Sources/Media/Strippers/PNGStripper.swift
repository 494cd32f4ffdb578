/// Copies a PNG without text, time stamps, Exif and anything that was invented later; which side is up stays.
///
/// <https://www.w3.org/TR/png-3/>: a signature, then chunks of length, type, data and checksum. Chunks stay
/// as they are, so their checksums stay right. What follows the last chunk is dropped.
struct PNGStripper: Sendable {
    private enum State: Sendable {
        case signature(matched: Int)
        /// Length and type.
        case head
        /// Data and checksum.
        case chunk(missing: Int, isKept: Bool)
        /// An eXIf chunk, as `exif` gathers it.
        case exif(missing: Int)
        case done
    }

    /// What changes how the picture looks, animation included.
    private static let kept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV",
        "cLLI", "bKGD",
        "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT",
    ]

    /// Bytes of an eXIf chunk that are searched for the orientation; it stands in its first directory.
    private static let exifLength = 65_536

    private var state = State.signature(matched: 0)
    private var head: [UInt8] = []
    private var type = ""
    private var size: (width: Int, height: Int)?
    /// The first bytes of IHDR's data.
    private var sizeBytes: [UInt8] = []
    private var hasData = false
    private var exif: [UInt8] = []
    private var orientation: UInt8 = 1

    var header: MediaHeader? {
        guard case .done = state, hasData, let size else { return nil }
        // Orientations 5 to 8 turn by a quarter, Exif 2.3 tag 0x0112.
        return orientation >= 5
            ? MediaHeader(kind: .png, width: size.height, height: size.width)
            : MediaHeader(kind: .png, width: size.width, height: size.height)
    }

    mutating func receive(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) throws(UploadError) {
        var rest = bytes
        while let byte = rest.first {
            switch state {
            case .done:
                return
            case .signature(let matched):
                guard byte == MediaKind.pngSignature[matched] else { throw .damaged }
                output.append(byte)
                rest = rest.dropFirst()
                state = matched == 7 ? .head : .signature(matched: matched + 1)
            case .head:
                let part = rest.prefix(8 - head.count)
                head += part
                rest = rest.dropFirst(part.count)
                if head.count == 8 { try begin(into: &output) }
            case .chunk(let missing, let isKept):
                let part = rest.prefix(missing)
                if isKept { output += part }
                if size == nil { try readSize(part) }
                rest = rest.dropFirst(part.count)
                state = .chunk(missing: missing - part.count, isKept: isKept)
                if part.count == missing { state = type == "IEND" ? .done : .head }
            case .exif(let missing):
                let part = rest.prefix(missing)
                exif += part.prefix(PNGStripper.exifLength - exif.count)
                rest = rest.dropFirst(part.count)
                state = .exif(missing: missing - part.count)
                if part.count == missing { endExif(into: &output) }
            }
        }
    }

    private mutating func begin(into output: inout [UInt8]) throws(UploadError) {
        let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
        let name = head[4...]
        guard length < 1 << 31, name.allSatisfy({ 65...90 ~= $0 || 97...122 ~= $0 }) else { throw .damaged }
        type = String(decoding: name, as: UTF8.self)
        guard (size == nil) == (type == "IHDR") else { throw .damaged }
        if type == "IHDR", length != 13 { throw .damaged }
        if type == "IDAT" { hasData = true }
        let isKept = PNGStripper.kept.contains(type)
        // An unknown chunk with a capital first letter is one that a reader must understand.
        if !isKept, head[4] & 0x20 == 0 { throw .damaged }
        if isKept { output += head }
        head.removeAll(keepingCapacity: true)
        state =
            type == "eXIf" && orientation == 1
            ? .exif(missing: length + 4) : .chunk(missing: length + 4, isKept: isKept)
    }

    /// Writes an eXIf chunk that holds nothing but the orientation, if there is one to be kept.
    private mutating func endExif(into output: inout [UInt8]) {
        state = .head
        defer { exif = [] }
        guard let found = ExifOrientation.read(tiff: exif[...]), found > 1 else { return }
        orientation = found
        let content = Array("eXIf".utf8) + ExifOrientation.tiff(found)
        output += PNGStripper.bigEndian(ExifOrientation.tiffSize) + content
        output += PNGStripper.bigEndian(Int(PNGStripper.checksum(content)))
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// CRC-32 as annex D defines it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }

    private mutating func readSize(_ part: ArraySlice<UInt8>) throws(UploadError) {
        sizeBytes += part.prefix(8 - sizeBytes.count)
        guard sizeBytes.count == 8 else { return }
        size = (
            sizeBytes[..<4].reduce(0) { $0 << 8 | Int($1) }, sizeBytes[4...].reduce(0) { $0 << 8 | Int($1) }
        )
    }
}
