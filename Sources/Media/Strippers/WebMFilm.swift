/// What a WebM segment says about itself, read while the rest is taken out. RFC 9559 sections 5.1.2 and
/// 5.1.4.
struct WebMFilm {
    /// Time, position, size before, blocks, groups of blocks.
    static let keptInCluster: Set<Int> = [0xE7, 0xA7, 0xAB, 0xA3, 0xA0]
    /// Name of the track, address of the codec, name of the codec, link to an attachment.
    private static let goneInTrack: Set<Int> = [0x536E, 0x3B_4040, 0x26_B240, 0x25_8688, 0x7446]
    private static let void = 0xEC
    private static let checksum = 0xBF

    private let file: EditableFile
    /// In nanoseconds.
    private var tick = 1_000_000
    /// In ticks.
    private var length = 0.0
    private var size: (width: Int, height: Int)?
    private var hasTracks = false
    private var hasPictures = false
    var hasBlocks = false

    init(_ file: EditableFile) {
        self.file = file
    }

    /// Leaves the clock and the length, and the names of the programs as blanks, because these must be there.
    mutating func cleanInformation(_ part: EBMLElement, _ budget: inout Int) throws(UploadError) {
        var fields = EBMLElements(file, from: part.body, to: try part.end)
        while let field = try fields.next(&budget) {
            let end = try field.end
            switch field.id {
            case 0x2A_D7B1: tick = try file.number(in: field)
            case 0x4489: length = try file.fraction(in: field) ?? 0
            case 0x4D80, 0x5741: if field.body < end { try file.fill(field.body..<end, with: 0x20) }
            default: try file.void(field)
            }
        }
    }

    mutating func cleanTracks(_ part: EBMLElement, _ budget: inout Int) throws(UploadError) {
        var tracks = EBMLElements(file, from: part.body, to: try part.end)
        while let track = try tracks.next(&budget) {
            guard track.id == 0xAE else {
                try file.void(track)
                continue
            }
            var fields = EBMLElements(file, from: track.body, to: try track.end)
            while let field = try fields.next(&budget) {
                switch field.id {
                case 0x83:
                    // Pictures, sounds, subtitles; there is no place for other tracks.
                    let type = try file.number(in: field)
                    guard [1, 2, 0x11].contains(type) else { throw .unsupportedType }
                    hasTracks = true
                    if type == 1 { hasPictures = true }
                case 0xE0:
                    let found = try readSize(field, &budget)
                    if size == nil { size = found }
                case WebMFilm.void, WebMFilm.checksum: try file.void(field)
                default:
                    if WebMFilm.goneInTrack.contains(field.id) { try file.void(field) }
                }
            }
        }
    }

    /// RFC 9559 section 5.1.4.1.28: as it is to be shown, if that is said in pixels.
    private func readSize(_ video: EBMLElement, _ budget: inout Int) throws(UploadError) -> (Int, Int)? {
        var pixels = (0, 0)
        var display = (0, 0)
        var unit = 0
        var fields = EBMLElements(file, from: video.body, to: try video.end)
        while let field = try fields.next(&budget) {
            switch field.id {
            case 0xB0: pixels.0 = try file.number(in: field)
            case 0xBA: pixels.1 = try file.number(in: field)
            case 0x54B0: display.0 = try file.number(in: field)
            case 0x54BA: display.1 = try file.number(in: field)
            case 0x54B2: unit = try file.number(in: field)
            default: break
            }
        }
        let size = unit == 0 && display.0 > 0 && display.1 > 0 ? display : pixels
        return size.0 > 0 && size.1 > 0 ? size : nil
    }

    func header() throws(UploadError) -> MediaHeader {
        guard hasTracks, hasBlocks else { throw .damaged }
        let seconds = length * Double(tick) / 1_000_000_000
        let duration = seconds > 0 ? seconds : nil
        guard hasPictures else { return MediaHeader(kind: .weba, duration: duration) }
        return MediaHeader(kind: .webm, width: size?.width, height: size?.height, duration: duration)
    }
}
