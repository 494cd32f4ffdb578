/// Overwrites in a HEIC or AVIF file all bytes that belong to no picture; nothing is decoded and nothing moves.
///
/// ISO/IEC 14496-12: boxes, of which `meta` lists items and where their bytes lie, mostly in `mdat`. Turns are a
/// property of a picture there, so Exif goes as a whole.
enum HEIFStripper {
    /// Bytes of `meta` that are taken into memory; that of a picture of 50 million pixels has 20,000.
    private static let longestMeta = 1 << 20
    /// At the top, where there are three to ten.
    private static let mostBoxes = 256

    static func strip(_ file: EditableFile, kind: MediaKind) throws(UploadError) -> MediaHeader {
        var data: [Range<Int>] = []
        var unwanted: [HEIFBox] = []
        var found: HEIFBox?
        for box in try boxes(of: file) {
            switch box.name {
            case "ftyp" where box.place == 0: break
            case "mdat": data.append(box.content)
            case "meta":
                guard found == nil, box.content.count <= longestMeta else { throw .damaged }
                found = box
            // A film beside the picture, or a picture that moves.
            case "moov", "moof": throw .unsupportedType
            default: unwanted.append(box)
            }
        }
        guard let found else { throw .damaged }
        let base = found.content.lowerBound
        let meta = try HEIFMeta(try file.read(found.content.count, at: base))
        if let own = meta.ownData { data.append(own.lowerBound + base..<own.upperBound + base) }
        let places = try meta.locate(base: base)
        let size = try meta.size()
        for place in places.shown + places.hidden where !place.isEmpty {
            guard
                data.contains(where: {
                    $0.lowerBound <= place.lowerBound && place.upperBound <= $0.upperBound
                })
            else { throw .damaged }
        }
        for box in unwanted { try wipe(box, at: 0, in: file) }
        for box in meta.unwanted { try wipe(box, at: base, in: file) }
        if let name = meta.programName { try file.fill(name.lowerBound + base..<name.upperBound + base) }
        try FilePlaces(places.shown).eraseRest(of: data, file)
        for place in FilePlaces(places.hidden).joined { try file.fill(place) }
        return MediaHeader(kind: kind, width: size?.width, height: size?.height)
    }

    private static func boxes(of file: EditableFile) throws(UploadError) -> [HEIFBox] {
        var boxes: [HEIFBox] = []
        var place = 0
        while place < file.length {
            guard boxes.count < mostBoxes else { throw .damaged }
            let start = try file.read(min(HEIFBox.longestFrame, file.length - place), at: place)
            let box = try HEIFBox(start[...], at: place, before: file.length)
            boxes.append(box)
            place = box.content.upperBound
        }
        return boxes
    }

    /// Makes it a box that readers skip.
    private static func wipe(_ box: HEIFBox, at base: Int, in file: EditableFile) throws(UploadError) {
        try file.overwrite(Array("free".utf8), at: base + box.place + 4)
        try file.fill(box.content.lowerBound + base..<box.content.upperBound + base)
    }
}
