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
        for part in rest(of: data, without: places.shown) { try file.fill(part) }
        for place in joined(places.hidden) { try file.fill(place) }
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

    /// The same bytes in places that do not overlap, so that none is written many times.
    private static func joined(_ places: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for place in places.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, last.upperBound >= place.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
            } else {
                joined.append(place)
            }
        }
        return joined
    }

    /// What of these parts no place of a picture covers.
    private static func rest(of parts: [Range<Int>], without places: [Range<Int>]) -> [Range<Int>] {
        let places = joined(places)
        var rest: [Range<Int>] = []
        for part in parts {
            var begin = part.lowerBound
            for place in places where place.overlaps(part) {
                if place.lowerBound > begin { rest.append(begin..<place.lowerBound) }
                begin = max(begin, place.upperBound)
            }
            if begin < part.upperBound { rest.append(begin..<part.upperBound) }
        }
        return rest
    }
}
