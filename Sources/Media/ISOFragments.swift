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
    /// How long a sample lasts if nothing else is said, by track.
    private var lasting: [Int: Int] = [:]

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
                lasting[try file.number(4, at: place)] = try file.number(4, at: place + 8)
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
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "mfhd": break
            case "traf": try cleanTrack(child, tracks, &budget)
            default: try file.blank(child, &budget)
            }
        }
    }

    private mutating func cleanTrack(_ box: ISOBox, _ tracks: [ISOTrack], _ budget: inout Int)
        throws(UploadError)
    {
        var boxes = try ISOBoxes(file, in: box)
        var track: ISOTrack?
        var perSample = 0
        var time = 0
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "tfhd":
                let flags = try file.number(4, at: try child.place(0, 8))
                let id = try file.number(4, at: child.body + 4)
                track = tracks.first { $0.id == id }
                perSample = lasting[id] ?? 0
                // The duration comes after the base of the data and the sample description, if these are
                // there.
                let before = (flags & 1 != 0 ? 8 : 0) + (flags & 2 != 0 ? 4 : 0)
                if flags & 8 != 0 { perSample = try file.number(4, at: try child.place(8 + before, 4)) }
            case "tfdt":
                let isLong = try ISOTrack.isLong(file, child)
                time = try file.read(isLong ? 8 : 4, at: try child.place(4, isLong ? 8 : 4)).bigEndian ?? 0
            case "trun":
                time = time.addingReportingOverflow(try length(of: child, perSample)).partialValue
            default:
                if !ISOFragments.keptInFragment.contains(child.type) { try file.blank(child, &budget) }
            }
        }
        guard let track, track.isKept else { throw .unsupportedType }
        longest = max(longest, Double(time) / Double(track.timescale))
    }

    /// How long the samples of a `trun` last, section 8.8.8.
    private func length(of box: ISOBox, _ perSample: Int) throws(UploadError) -> Int {
        let flags = try file.number(4, at: try box.place(0, 8))
        let count = try file.number(4, at: box.body + 4)
        guard flags & 0x100 != 0 else { return count.multipliedReportingOverflow(by: perSample).partialValue }
        let head = 8 + (flags & 1 != 0 ? 4 : 0) + (flags & 4 != 0 ? 4 : 0)
        let width = [0x100, 0x200, 0x400, 0x800].reduce(0) { $0 + (flags & $1 != 0 ? 4 : 0) }
        var place = try box.place(head, count * width)
        var reader = ReadAhead(file, to: box.end)
        var sum = 0
        for _ in 0..<count {
            sum += try reader.bytes(4, at: place).bigEndian ?? 0
            place += width
        }
        return sum
    }
}
