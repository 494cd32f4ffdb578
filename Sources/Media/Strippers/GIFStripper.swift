/// Copies a GIF without comments, texts and what programs left in it; how often it is repeated and its colour profile
/// stay.
///
/// <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>: a screen, then blocks, each a chain of pieces of at most 255
/// bytes. What follows the trailer is dropped.
struct GIFStripper: Sendable {
    /// What becomes of the pieces of a block.
    private enum Pieces: Sendable {
        case kept, dropped
        /// Only those that say how often the pictures are repeated.
        case loop
    }

    /// A part of known length that is looked at as a whole.
    private enum Part: Sendable {
        /// Signature and screen.
        case screen
        case introducer, descriptor, codeSize, label
        case graphicControl, application
        case pieceLength(Pieces)
        case loopPiece
    }

    private enum State: Sendable {
        case gathering(Part, missing: Int)
        /// A colour table.
        case table(missing: Int, before: Part)
        case piece(missing: Int, Pieces)
        case done
    }

    private static let extensionIntroducer: UInt8 = 0x21
    /// Who wrote an application block, and what becomes of its pieces.
    private static let applications: [[UInt8]: Pieces] = [
        Array("NETSCAPE2.0".utf8): .loop, Array("ANIMEXTS1.0".utf8): .loop, Array("ICCRGBG1012".utf8): .kept,
    ]

    private var state = State.gathering(.screen, missing: 13)
    private var part: [UInt8] = []
    private var size: (width: Int, height: Int)?
    private var hasImage = false

    var header: MediaHeader? {
        guard case .done = state, hasImage, let size else { return nil }
        return MediaHeader(kind: .gif, width: size.width, height: size.height)
    }

    mutating func receive(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) throws(UploadError) {
        var rest = bytes
        while !rest.isEmpty {
            switch state {
            case .done:
                return
            case .gathering(let wanted, let missing):
                let piece = rest.prefix(missing)
                part += piece
                rest = rest.dropFirst(piece.count)
                state = .gathering(wanted, missing: missing - piece.count)
                guard piece.count == missing else { continue }
                try end(wanted, into: &output)
                part.removeAll(keepingCapacity: true)
            case .table(let missing, let next):
                let piece = rest.prefix(missing)
                output += piece
                rest = rest.dropFirst(piece.count)
                state = .table(missing: missing - piece.count, before: next)
                if piece.count == missing { gather(next) }
            case .piece(let missing, let pieces):
                let piece = rest.prefix(missing)
                if pieces == .kept { output += piece }
                rest = rest.dropFirst(piece.count)
                state = .piece(missing: missing - piece.count, pieces)
                if piece.count == missing { gather(.pieceLength(pieces)) }
            }
        }
    }

    private mutating func gather(_ next: Part) {
        let length =
            switch next {
            case .screen: 13
            case .introducer, .codeSize, .label, .pieceLength: 1
            case .descriptor: 9
            case .graphicControl: 6
            case .application: 12
            case .loopPiece: 3
            }
        state = .gathering(next, missing: length)
    }

    /// A part is complete: `part` holds it.
    private mutating func end(_ ended: Part, into output: inout [UInt8]) throws(UploadError) {
        switch ended {
        case .screen:
            size = (Int(part[6]) | Int(part[7]) << 8, Int(part[8]) | Int(part[9]) << 8)
            output += part
            readTable(part[10], before: .introducer)
        case .introducer:
            try begin(part[0], into: &output)
        case .descriptor:
            hasImage = true
            output += part
            readTable(part[8], before: .codeSize)
        case .codeSize:
            output += part
            gather(.pieceLength(.kept))
        case .label:
            switch part[0] {
            case 0xF9: gather(.graphicControl)
            case 0xFF: gather(.application)
            default: gather(.pieceLength(.dropped))
            }
        case .graphicControl:
            guard part[0] == 4, part[5] == 0 else { throw .damaged }
            output += [GIFStripper.extensionIntroducer, 0xF9] + part
            gather(.introducer)
        case .application:
            guard part[0] == 11 else { throw .damaged }
            let pieces = GIFStripper.applications[Array(part[1...])] ?? .dropped
            if pieces != .dropped { output += [GIFStripper.extensionIntroducer, 0xFF] + part }
            gather(.pieceLength(pieces))
        case .pieceLength(let pieces):
            let length = Int(part[0])
            if pieces == .kept || length == 0 && pieces == .loop { output += part }
            if length == 0 {
                gather(.introducer)
            } else if pieces == .loop, length == 3 {
                gather(.loopPiece)
            } else {
                state = .piece(missing: length, pieces)
            }
        case .loopPiece:
            if part[0] == 1 { output += [3] + part }
            gather(.pieceLength(.loop))
        }
    }

    private mutating func begin(_ introducer: UInt8, into output: inout [UInt8]) throws(UploadError) {
        switch introducer {
        case 0x2C:
            output.append(introducer)
            gather(.descriptor)
        case GIFStripper.extensionIntroducer:
            gather(.label)
        case 0x3B:
            output.append(introducer)
            state = .done
        case 0:
            // Filling that some programs leave between blocks.
            gather(.introducer)
        default:
            throw .damaged
        }
    }

    /// The packed field says whether a colour table follows and how large it is, sections 18 and 20.
    private mutating func readTable(_ packed: UInt8, before next: Part) {
        guard packed & 0x80 != 0 else { return gather(next) }
        state = .table(missing: 3 << (Int(packed & 7) + 1), before: next)
    }
}
