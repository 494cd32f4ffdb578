/// Copies a JPEG without Exif, XMP, IPTC, thumbnails and comments; orientation and colour profile stay.
///
/// ITU-T T.81 annex B: a chain of segments, each `FF marker length payload`, with entropy-coded data after
/// each start of scan. What follows the end of the image (second pictures, video clips, maps) is dropped.
struct JPEGStripper: Sendable {
    private enum State: Sendable {
        /// Before the `FF` of a marker.
        case marker
        /// Behind one or more `FF`.
        case code
        case length(code: UInt8, first: UInt8?)
        case payload(code: UInt8, missing: Int)
        case scan
        /// Behind an `FF` inside a scan.
        case scanCode
        case done
    }

    private var state = State.marker
    private var hasStarted = false
    private var segment: [UInt8] = []
    private var orientation: UInt8 = 1
    private var size: (width: Int, height: Int)?
    private var hasScan = false

    /// Kind and size once the image has ended; nil before.
    var header: MediaHeader? {
        guard case .done = state, hasScan, let size else { return nil }
        // Orientations 5 to 8 turn by a quarter, Exif 2.3 tag 0x0112.
        return orientation >= 5
            ? MediaHeader(kind: .jpeg, width: size.height, height: size.width)
            : MediaHeader(kind: .jpeg, width: size.width, height: size.height)
    }

    mutating func receive(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) throws(UploadError) {
        var rest = bytes
        while let byte = rest.first {
            switch state {
            case .done:
                return
            case .marker:
                guard byte == 0xFF else { throw .damaged }
                state = .code
                rest = rest.dropFirst()
            case .code:
                rest = rest.dropFirst()
                try begin(byte, into: &output)
            case .length(let code, nil):
                state = .length(code: code, first: byte)
                rest = rest.dropFirst()
            case .length(let code, let first?):
                rest = rest.dropFirst()
                let length = Int(first) << 8 | Int(byte)
                guard length >= 2 else { throw .damaged }
                segment.removeAll(keepingCapacity: true)
                state = .payload(code: code, missing: length - 2)
                if length == 2 { try end(code, into: &output) }
            case .payload(let code, let missing):
                let part = rest.prefix(missing)
                segment += part
                rest = rest.dropFirst(part.count)
                state = .payload(code: code, missing: missing - part.count)
                if part.count == missing { try end(code, into: &output) }
            case .scan:
                // Stuffed zeros and restart markers are part of the scan; any other marker ends it.
                let run = rest.firstIndex(of: 0xFF) ?? rest.endIndex
                output += rest[rest.startIndex..<run]
                rest = rest[run...]
                if !rest.isEmpty {
                    rest = rest.dropFirst()
                    state = .scanCode
                }
            case .scanCode:
                rest = rest.dropFirst()
                if byte == 0 || 0xD0...0xD7 ~= byte {
                    output += [0xFF, byte]
                    state = .scan
                } else if byte != 0xFF {  // fill bytes, B.1.1.2, are left out
                    try begin(byte, into: &output)
                }
            }
        }
    }

    /// A marker has come.
    private mutating func begin(_ code: UInt8, into output: inout [UInt8]) throws(UploadError) {
        switch code {
        case 0xFF:
            state = .code
        case 0xD8 where !hasStarted:
            hasStarted = true
            output += [0xFF, 0xD8]
            state = .marker
        case 0xD9 where hasStarted:
            output += [0xFF, 0xD9]
            state = .done
        case 0xC0...0xCF, 0xDA...0xDF, 0xE0...0xEF, 0xFE:
            guard hasStarted else { throw .damaged }
            state = .length(code: code, first: nil)
        default:
            throw .damaged
        }
    }

    /// A segment is complete: `segment` holds its payload.
    private mutating func end(_ code: UInt8, into output: inout [UInt8]) throws(UploadError) {
        state = .marker
        switch code {
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
            // Start of frame, B.2.2: precision, lines, samples per line.
            guard segment.count >= 5 else { throw .damaged }
            let height = Int(segment[1]) << 8 | Int(segment[2])
            let width = Int(segment[3]) << 8 | Int(segment[4])
            size = (width, height)
        case 0xDA:
            hasScan = true
            state = .scan
        case 0xE1:
            if orientation == 1, let found = ExifOrientation.read(segment), found > 1 {
                orientation = found
                output += [0xFF, 0xE1] + JPEGStripper.lengthField(of: ExifOrientation.size)
                output += ExifOrientation.payload(found)
            }
            return
        case 0xE0:
            guard segment.starts(with: "JFIF\0".utf8) else { return }
            // Without the thumbnail that may follow the first 14 bytes, JFIF 1.02.
            if segment.count > 14 {
                segment.removeSubrange(14...)
                segment[12] = 0
                segment[13] = 0
            }
        case 0xE2:
            guard segment.starts(with: "ICC_PROFILE\0".utf8) else { return }
        case 0xEE:
            // How the colours are meant, twelve bytes; T.872 section 6.5.3.
            guard segment.starts(with: "Adobe".utf8) else { return }
            segment.removeLast(max(0, segment.count - 12))
        case 0xE3...0xED, 0xEF, 0xFE:
            return
        default:
            break
        }
        output += [0xFF, code] + JPEGStripper.lengthField(of: segment.count)
        output += segment
    }

    private static func lengthField(of payload: Int) -> [UInt8] {
        let length = payload + 2
        return [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
    }
}
