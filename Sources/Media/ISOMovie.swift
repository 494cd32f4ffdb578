/// The `moov` box of a film: what there is in it, and then what is taken out. ISO/IEC 14496-12 section 8.2.
struct ISOMovie {
    private static let mostTracks = 64

    private let file: EditableFile
    private let box: ISOBox
    private(set) var tracks: [ISOTrack] = []
    /// In units of `timescale` a second.
    private var duration = 0
    private var timescale = 0
    private var fragments: ISOFragments?

    /// Reads only, apart from padding.
    init(_ file: EditableFile, _ box: ISOBox, _ budget: inout Int) throws(UploadError) {
        self.file = file
        self.box = box
        var boxes = try ISOBoxes(file, in: box)
        var extends: ISOBox?
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "mvhd":
                let times = try ISOTimes(file, child)
                duration = times.duration
                timescale = times.timescale
            case "trak":
                guard tracks.count < ISOMovie.mostTracks else { throw .damaged }
                let track = try ISOTrack(file, child, &budget)
                guard !tracks.contains(where: { $0.id == track.id }) else { throw .damaged }
                tracks.append(track)
            case "mvex":
                extends = child
            case "cmov":
                throw .unsupportedType  // a compressed movie box of old QuickTime
            default:
                break
            }
        }
        guard timescale > 0 else { throw .damaged }
        if let extends { fragments = try ISOFragments(file, extends, &budget) }
    }

    /// Cleans a `moof` box.
    mutating func fragment(_ box: ISOBox, _ budget: inout Int) throws(UploadError) {
        guard fragments != nil else { throw .damaged }
        try fragments?.clean(box, tracks, &budget)
    }

    /// Overwrites what is not to stay, here and among the samples.
    mutating func strip(samplesIn pieces: [Range<Int>], _ budget: inout Int) throws(UploadError) {
        let gone = tracks.filter { !$0.isKept }
        guard gone.count < tracks.count else { throw .unsupportedType }
        for track in gone { try track.eraseSamples(in: pieces, file) }
        var boxes = try ISOBoxes(file, in: box)
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "mvhd":
                try ISOTimes(file, child).erase(file)
            case "trak":
                if let track = tracks.first(where: { $0.box.start == child.start }), track.isKept {
                    try track.clean(file, without: Set(gone.map(\.id)), &budget)
                } else {
                    try file.blank(child, &budget)
                }
            case "mvex", "iods":
                break
            default:
                try file.blank(child, &budget)
            }
        }
    }

    func header(_ kind: MediaKind) throws(UploadError) -> MediaHeader {
        let film = tracks.first { $0.isKept && $0.handler == "vide" }
        var header = MediaHeader(kind: kind, width: film?.size?.width, height: film?.size?.height)
        // The brand does not say what is inside.
        if kind == .mp4, film == nil { header.kind = .m4a }
        if kind == .m4a, film != nil { header.kind = .mp4 }
        let seconds = Double(duration) / Double(timescale)
        let longest = max(seconds, fragments?.duration(timescale: timescale) ?? 0)
        header.duration = longest > 0 ? longest : nil
        return header
    }
}

/// The times that `mvhd` and `mdhd` begin with. ISO/IEC 14496-12 sections 8.2.2 and 8.4.2.
struct ISOTimes {
    /// When it was made and changed.
    private let dates: Range<Int>
    let timescale: Int
    /// 0 if it is not known.
    let duration: Int

    init(_ file: EditableFile, _ box: ISOBox) throws(UploadError) {
        let version = try file.number(1, at: try box.place(0, 1))
        switch version {
        case 0:
            let start = try box.place(4, 16)
            dates = start..<start + 8
            timescale = try file.number(4, at: start + 8)
            let length = try file.number(4, at: start + 12)
            duration = length == 0xFFFF_FFFF ? 0 : length
        case 1:
            let start = try box.place(4, 28)
            dates = start..<start + 16
            timescale = try file.number(4, at: start + 16)
            duration = try file.read(8, at: start + 20).bigEndian ?? 0
        default:
            throw .damaged
        }
    }

    func erase(_ file: EditableFile) throws(UploadError) {
        try file.fill(dates)
    }
}
