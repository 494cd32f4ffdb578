/// A `trak` box: what kind of track it is, whether it stays, and where its parts are. ISO/IEC 14496-12
/// section 8.3.
struct ISOTrack {
    /// What is for eyes and ears. Not `text` and `sbtl`, in which flying cameras write where they are.
    private static let keptHandlers: Set<String> = ["vide", "soun", "subt", "clcp"]
    /// Pictures in their own formats, with all that such a picture says about itself.
    private static let pictureCodecs: Set<String> = [
        "jpeg", "mjpa", "mjpb", "mjpg", "MJPG", "AVDJ", "dmb1", "png ", "tiff", "gif ",
    ]
    /// The same in MPEG-4's numbers: JPEG, PNG, JPEG 2000. <https://mp4ra.org/registered-types/object-types>.
    private static let pictureObjects: Set<Int> = [0x6C, 0x6D, 0x6E]

    let box: ISOBox
    private(set) var id = 0
    private(set) var handler = ""
    private(set) var isKept = false
    /// In pixels, turned as it is to be shown. Nil for what is not seen.
    private(set) var size: (width: Int, height: Int)?
    /// Units a second of the track's own clock.
    private(set) var timescale = 0
    var samples = ISOSamples()

    init(_ file: EditableFile, _ box: ISOBox, _ budget: inout Int) throws(UploadError) {
        self.box = box
        var boxes = try ISOBoxes(file, in: box)
        var media: ISOBox?
        var header: ISOBox?
        while let child = try boxes.next(&budget) {
            if child.type == "tkhd" { header = child }
            guard child.type == "mdia" else { continue }
            guard media == nil else { throw .damaged }
            media = child
        }
        guard let media, let header else { throw .damaged }
        try readHeader(file, header)
        try readMedia(file, media, &budget)
        if let size, size.width == 0 || size.height == 0 { self.size = nil }
    }

    private mutating func readHeader(_ file: EditableFile, _ box: ISOBox) throws(UploadError) {
        // Two dates come before the number, and a duration after it, of 64 or 32 bits each.
        let isLong = try ISOTrack.isLong(file, box)
        id = try file.number(4, at: try box.place(isLong ? 20 : 12, 4))
        guard id > 0 else { throw .damaged }
        let matrix = try box.place(isLong ? 52 : 40, 44)
        // Fixed point with 16 bits behind it.
        let width = try file.number(2, at: matrix + 36)
        let height = try file.number(2, at: matrix + 40)
        // Rows of a, b, u; c, d, v; x, y, w: a quarter turn has nothing in a and d.
        let diagonal = (try file.number(4, at: matrix), try file.number(4, at: matrix + 16))
        let isTurned = diagonal == (0, 0)
        size = isTurned ? (height, width) : (width, height)
    }

    private mutating func readMedia(_ file: EditableFile, _ media: ISOBox, _ budget: inout Int)
        throws(UploadError)
    {
        var boxes = try ISOBoxes(file, in: media)
        var information: ISOBox?
        while let child = try boxes.next(&budget) {
            switch child.type {
            case "mdhd": timescale = try ISOTimes(file, child).timescale
            case "hdlr":
                guard handler.isEmpty else { throw .damaged }
                handler = try file.name(at: try child.place(8, 4))
            case "minf":
                guard information == nil else { throw .damaged }
                information = child
            default: break
            }
        }
        guard let information, timescale > 0 else { throw .damaged }
        isKept = ISOTrack.keptHandlers.contains(handler)
        boxes = try ISOBoxes(file, in: information)
        while let child = try boxes.next(&budget) {
            if child.type == "stbl" { try readTable(file, child, &budget) }
        }
    }

    private mutating func readTable(_ file: EditableFile, _ table: ISOBox, _ budget: inout Int)
        throws(UploadError)
    {
        var boxes = try ISOBoxes(file, in: table)
        while let child = try boxes.next(&budget) {
            if child.type == "stsd" {
                var entries = try ISOBoxes(file, in: child, after: 8)
                while let entry = try entries.next(&budget) {
                    if ISOTrack.pictureCodecs.contains(entry.type) { isKept = false }
                    if entry.type == "mp4v", try isPictures(file, entry, &budget) { isKept = false }
                    if handler == "soun" {
                        if samples.sound == nil {
                            samples.sound = try ISOSoundFormat(file, entry)
                        } else {
                            samples.sound?.forget()
                        }
                    }
                }
            } else {
                try samples.add(child)
            }
        }
    }

    /// Whether the decoder that a film asks for is one of pictures. ISO/IEC 14496-1 sections 7.2.6.5 and
    /// 7.2.6.6.
    private func isPictures(_ file: EditableFile, _ entry: ISOBox, _ budget: inout Int) throws(UploadError)
        -> Bool
    {
        var boxes = try ISOBoxes(file, in: entry, after: 78)
        while let child = try boxes.next(&budget) {
            guard child.type == "esds" else { continue }
            var bytes = try file.read(min(child.end - child.body, 512), at: child.body).dropFirst(4)
            /// A descriptor begins with its number and a length of one to four bytes.
            func enter(_ number: UInt8) throws(UploadError) {
                guard bytes.popFirst() == number else { throw .damaged }
                for _ in 0..<4 {
                    guard let byte = bytes.popFirst() else { throw .damaged }
                    if byte & 0x80 == 0 { break }
                }
            }
            try enter(3)
            bytes = bytes.dropFirst(2)
            guard let flags = bytes.popFirst() else { throw .damaged }
            if flags & 0x80 != 0 { bytes = bytes.dropFirst(2) }
            if flags & 0x40 != 0, let length = bytes.popFirst() { bytes = bytes.dropFirst(Int(length)) }
            if flags & 0x20 != 0 { bytes = bytes.dropFirst(2) }
            try enter(4)
            guard let object = bytes.first else { throw .damaged }
            if ISOTrack.pictureObjects.contains(Int(object)) { return true }
        }
        return false
    }

    /// Whether a full box has the fields of version 1, where times have 64 bits.
    static func isLong(_ file: EditableFile, _ box: ISOBox) throws(UploadError) -> Bool {
        switch try file.number(1, at: try box.place(0, 1)) {
        case 0: false
        case 1: true
        default: throw .damaged
        }
    }
}
