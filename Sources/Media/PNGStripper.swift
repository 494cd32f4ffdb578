/// Copies a PNG without text, time stamps, Exif and anything that was invented later.
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
        case done
    }

    /// What changes how the picture looks, animation included.
    private static let kept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV",
        "cLLI", "bKGD",
        "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT",
    ]

    private var state = State.signature(matched: 0)
    private var head: [UInt8] = []
    private var type = ""
    private var size: (width: Int, height: Int)?
    /// The first bytes of IHDR's data.
    private var sizeBytes: [UInt8] = []
    private var hasData = false

    var header: MediaHeader? {
        guard case .done = state, hasData, let size else { return nil }
        return MediaHeader(kind: .png, width: size.width, height: size.height)
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
        state = .chunk(missing: length + 4, isKept: isKept)
    }

    private mutating func readSize(_ part: ArraySlice<UInt8>) throws(UploadError) {
        sizeBytes += part.prefix(8 - sizeBytes.count)
        guard sizeBytes.count == 8 else { return }
        size = (
            sizeBytes[..<4].reduce(0) { $0 << 8 | Int($1) }, sizeBytes[4...].reduce(0) { $0 << 8 | Int($1) }
        )
    }
}
