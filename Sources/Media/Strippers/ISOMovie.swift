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
    ///
    /// - Parameter pieces: where samples may be, in order.
    mutating func strip(samplesIn pieces: [Range<Int>], _ kind: MediaKind, _ budget: inout Int)
        throws(UploadError)
    {
        let gone = tracks.filter { !$0.isKept }
        guard gone.count < tracks.count else { throw .unsupportedType }
        // A film is not taken without its pictures; those beside a sound are of an album and its chapters.
        if kind != .m4a, gone.contains(where: { $0.handler == "vide" }), film == nil {
            throw .unsupportedType
        }
        try keptSamples(in: pieces).eraseRest(of: pieces, file)
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

    private var film: ISOTrack? { tracks.first { $0.isKept && $0.handler == "vide" } }

    /// Where the tracks that stay have their samples: whatever else is among them belongs to a camera.
    private func keptSamples(in pieces: [Range<Int>]) throws(UploadError) -> FilePlaces {
        var places = fragments?.places ?? FilePlaces()
        var open: [Int] = []
        for track in tracks where track.isKept {
            try track.samples.forEachChunk(file) { start, place throws(UploadError) in
                if let place { return try places.add(place) }
                guard open.count < FilePlaces.most else { throw .damaged }
                open.append(start)
            }
        }
        guard !open.isEmpty else { return places }
        // Those without a length reach to the next of any track, or as far as there are samples.
        var stops = pieces.map(\.upperBound)
        for track in tracks {
            try track.samples.forEachChunk(file) { start, _ throws(UploadError) in
                guard stops.count < 2 * FilePlaces.most else { throw .damaged }
                stops.append(start)
            }
        }
        stops.sort()
        open.sort()
        var next = 0
        for start in open {
            while next < stops.count, stops[next] <= start { next += 1 }
            if next < stops.count { try places.add(start..<stops[next]) }
        }
        return places
    }

    func header(_ kind: MediaKind) throws(UploadError) -> MediaHeader {
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
