/// Takes out of MP4, MOV and M4A, in their place, what says where, when and with what they were made.
///
/// ISO/IEC 14496-12 and the QuickTime File Format specification: a film is a tree of boxes. What is not known
/// to be needed for playing becomes `free` and is overwritten with zeros, so that no offset changes. Only the
/// tracks for eyes and ears stay; all media data that is no sample of theirs (places, speeds, timecodes, a
/// camera's own blocks) is overwritten too.
/// Turns are kept. Not looked into: the coded pictures and sounds themselves.
enum MP4Stripper {
    static let keptAtTop: Set<String> = [
        "ftyp", "styp", "moov", "moof", "mdat", "mfra", "sidx", "ssix",
    ]
    /// Brands that name a maker: Canon, Sony, Panasonic, Nikon.
    private static let makers: Set<String> = ["CAEP", "XAVC", "SONY", "pana", "NIKO", "niko", "nras"]
    /// Pieces of media data; each fragment has one.
    private static let mostPieces = 100_000

    static func strip(_ file: EditableFile, kind: MediaKind) throws(UploadError) -> MediaHeader {
        var budget = ISOBoxes.most
        var boxes = ISOBoxes(file, from: 0, to: file.length, isTop: true)
        var movie: ISOMovie?
        var pieces: [Range<Int>] = []
        while let box = try boxes.next(&budget) {
            switch box.type {
            case "ftyp", "styp":
                try hideMakers(in: box, file)
            case "moov":
                guard movie == nil else { throw .damaged }
                movie = try ISOMovie(file, box, &budget)
            case "moof":
                // Fragments come after the movie that they belong to, section 8.8.4.
                guard movie != nil else { throw .damaged }
                try movie?.fragment(box, &budget)
            case "mdat":
                guard pieces.count < mostPieces else { throw .damaged }
                pieces.append(box.body..<box.end)
            case "mfra", "sidx", "ssix":
                break
            default:
                try file.blank(box, &budget)
            }
        }
        if boxes.isAtGarbage { try blankRest(file, from: boxes.place) }
        guard var movie, !pieces.isEmpty else { throw .damaged }
        try movie.strip(samplesIn: pieces, kind, &budget)
        return try movie.header(kind)
    }

    private static func hideMakers(in box: ISOBox, _ file: EditableFile) throws(UploadError) {
        // Major brand, version, brands.
        guard box.end - box.body >= 8, box.end - box.body <= 1_024 else { throw .damaged }
        var place = box.body
        while box.end - place >= 4 {
            if place != box.body + 4, makers.contains(try file.name(at: place)) {
                try file.overwrite(Array("mp42".utf8), at: place)
            }
            place += 4
        }
    }

    /// What follows the last box becomes one more, with nothing in it.
    private static func blankRest(_ file: EditableFile, from start: Int) throws(UploadError) {
        try file.fill(start..<file.length)
        let size = file.length - start
        // Less than a box's head is passed over by all; 0 means to the end.
        guard size >= 8 else { return }
        let field = UInt32(exactly: size) ?? 0
        let head = (0..<4).map { UInt8(truncatingIfNeeded: field >> (24 - 8 * $0)) }
        try file.overwrite(head + Array("free".utf8), at: start)
    }
}

extension EditableFile {
    /// Makes this box one of free space.
    func blank(_ box: ISOBox, _ budget: inout Int) throws(UploadError) {
        if box.type == "meta" { try refuseItems(in: box, &budget) }
        try overwrite(Array("free".utf8), at: box.start + 4)
        try erase(from: box.body, to: box.end)
    }

    /// Pictures as in HEIF, whose bytes lie elsewhere, are not expected in a film. Section 8.11.3.
    private func refuseItems(in box: ISOBox, _ budget: inout Int) throws(UploadError) {
        // QuickTime leaves out version and flags.
        let isFull = box.end - box.body >= 8 ? try number(4, at: box.body) == 0 : false
        var boxes = try ISOBoxes(self, in: box, after: isFull ? 4 : 0)
        while let child = try boxes.next(&budget) {
            if child.type == "iloc" { throw .unsupportedType }
        }
    }
}
