/// The fragments of a film that is written while it is made: their rests are cleaned and their lengths added
/// up. ISO/IEC 14496-12 section 8.8.
struct ISOFragments {
    private static let keptInFragment: Set<String> = [
        "tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio",
    ]

    private let file: EditableFile
    /// In units of the movie's clock; 0 if it is not said.
    private var said = 0
    /// In seconds.
    private var longest = 0.0
    /// How long a sample lasts and how large it is if nothing else is said, by track.
    private var usual: [Int: (time: Int, size: Int)] = [:]
    /// Where the samples are.
    private(set) var places = FilePlaces()

    /// - Parameter box: `mvex`.
    init(_ file: EditableFile, _ box: ISOBox, _ budget: inout Int) throws(UploadError) {
        self.file = file
        var boxes = try ISOBoxes(file, in: box)
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "mehd":
                let isLong = try ISOTrack.isLong(file, child)
                said = try file.read(isLong ? 8 : 4, at: try child.place(4, isLong ? 8 : 4)).bigEndian ?? 0
            case "trex":
                let place = try child.place(4, 20)
                usual[try file.number(4, at: place)] = (
                    try file.number(4, at: place + 8), try file.number(4, at: place + 12)
                )
            case "leva", "trep": break
            default: try file.blank(child, &budget)
            }
        }
    }

    /// In seconds; nil if nobody said it.
    func duration(timescale: Int) -> Double? {
        said > 0 ? Double(said) / Double(timescale) : longest > 0 ? longest : nil
    }

    /// - Parameter box: `moof`.
    /// - Throws: if there are samples of tracks that do not stay.
    mutating func clean(_ box: ISOBox, _ tracks: [ISOTrack], _ budget: inout Int) throws(UploadError) {
        var boxes = try ISOBoxes(file, in: box)
        var end = box.start
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "mfhd": break
            case "traf": try cleanTrack(child, tracks, fragment: box.start, &end, &budget)
            default: try file.blank(child, &budget)
            }
        }
    }

    /// - Parameter end: where the samples before this ended, from which the next are counted if nothing else
    ///   is said. Section 8.8.7.
    private mutating func cleanTrack(
        _ box: ISOBox, _ tracks: [ISOTrack], fragment: Int, _ end: inout Int, _ budget: inout Int
    ) throws(UploadError) {
        var boxes = try ISOBoxes(file, in: box)
        var track: ISOTrack?
        var base = end
        var perSample = (time: 0, size: 0)
        var time = 0
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "tfhd":
                let flags = try file.number(4, at: try child.place(0, 8))
                let id = try file.number(4, at: child.body + 4)
                track = tracks.first { $0.id == id }
                perSample = usual[id] ?? (0, 0)
                if flags & 0x20000 != 0 { base = fragment }
                // The base of the data, the sample description, the duration and the size, if these are
                // there.
                var offset = 8
                if flags & 1 != 0 { base = try file.number(8, at: try child.place(offset, 8)) }
                offset += (flags & 1 != 0 ? 8 : 0) + (flags & 2 != 0 ? 4 : 0)
                if flags & 8 != 0 {
                    perSample.time = try file.number(4, at: try child.place(offset, 4))
                    offset += 4
                }
                if flags & 0x10 != 0 { perSample.size = try file.number(4, at: try child.place(offset, 4)) }
                end = base
            case "tfdt":
                let isLong = try ISOTrack.isLong(file, child)
                time = try file.read(isLong ? 8 : 4, at: try child.place(4, isLong ? 8 : 4)).bigEndian ?? 0
            case "trun":
                let run = try ISORun(file, child, perSample)
                time = time.addingReportingOverflow(run.time).partialValue
                if let offset = run.offset { end = base.addingReportingOverflow(offset).partialValue }
                guard end >= 0, end <= file.length else { throw .damaged }
                let start = end
                end = start + min(run.size, file.length - start)
                try places.add(start..<end)
            default:
                if !ISOFragments.keptInFragment.contains(child.type) { try file.blank(child, &budget) }
            }
        }
        guard let track, track.isKept else { throw .unsupportedType }
        longest = max(longest, Double(time) / Double(track.timescale))
    }
}

/// What a `trun` says of its samples together. ISO/IEC 14496-12 section 8.8.8.
private struct ISORun {
    /// Where they begin, from the base of the data; nil if they follow those before.
    private(set) var offset: Int?
    /// In units of the track's clock.
    private(set) var time = 0
    /// In bytes.
    private(set) var size = 0

    init(_ file: EditableFile, _ box: ISOBox, _ usual: (time: Int, size: Int)) throws(UploadError) {
        let flags = try file.number(4, at: try box.place(0, 8))
        let count = try file.number(4, at: box.body + 4)
        if flags & 1 != 0 {
            let field = try file.number(4, at: try box.place(8, 4))
            offset = Int(Int32(truncatingIfNeeded: field))
        }
        let hasTimes = flags & 0x100 != 0
        let hasSizes = flags & 0x200 != 0
        if !hasTimes { time = count.multipliedReportingOverflow(by: usual.time).partialValue }
        if !hasSizes {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: usual.size)
            guard !isTooLarge else { throw .damaged }
            size = product
        }
        guard hasTimes || hasSizes else { return }
        let head = 8 + (flags & 1 != 0 ? 4 : 0) + (flags & 4 != 0 ? 4 : 0)
        let width = [0x100, 0x200, 0x400, 0x800].reduce(0) { $0 + (flags & $1 != 0 ? 4 : 0) }
        var place = try box.place(head, count * width)
        var reader = ReadAhead(file, to: box.end)
        for _ in 0..<count {
            let entry = try reader.bytes(width, at: place)
            if hasTimes { time += entry.prefix(4).bigEndian ?? 0 }
            if hasSizes { size += entry.dropFirst(hasTimes ? 4 : 0).prefix(4).bigEndian ?? 0 }
            place += width
        }
    }
}
