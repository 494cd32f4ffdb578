/// What a HEIC or AVIF file says about its items: which are pictures, where their bytes lie, how large the main one is.
///
/// ISO/IEC 14496-12 section 8.11 and ISO/IEC 23008-12. All places count from the first byte of `bytes`, or, once
/// `locate` has answered, from the beginning of the file.
struct HEIFMeta {
    /// Items that are decoded to be shown, or that put others together. All others go: Exif, XMP, what is to come, and
    /// pictures in formats that have Exif of their own (`jpeg`, `j2k1`), which are rare and mostly small previews.
    private static let pictures: Set<String> = [
        "hvc1", "hvc2", "hev1", "hvt1", "lhv1", "av01", "avc1", "vvc1", "evc1", "unci", "grid", "iovl",
        "iden",
        "tmap", "mski",
    ]
    /// Boxes of this one that are needed to show the picture.
    private static let kept: Set<String> = [
        "hdlr", "dinf", "pitm", "iinf", "iloc", "idat", "iprp", "iref", "grpl",
    ]
    /// Descriptions among the properties: of the picture in words, of when it was made, and of nobody knows what.
    private static let describing: Set<String> = ["udes", "crtt", "mdft", "uuid", "free", "skip"]

    /// A picture of 50 million pixels has 200, one for each tile.
    private static let mostPlaces = 16_384

    private let bytes: [UInt8]
    private var children: [String: HEIFBox] = [:]
    /// Boxes that are to be overwritten.
    private(set) var unwanted: [HEIFBox] = []
    /// The numbers of items that are pictures, and of those that are something else.
    private var shown: Set<Int> = []
    private var hidden: Set<Int> = []
    private var properties: [HEIFBox] = []

    /// - Parameter bytes: the content of the box `meta`.
    init(_ bytes: [UInt8]) throws(UploadError) {
        self.bytes = bytes
        var reader = BigEndianReader(bytes[...])
        guard try reader.version().version == 0 else { throw .damaged }
        for box in try HEIFBox.all(in: bytes, 4..<bytes.count) {
            if HEIFMeta.kept.contains(box.name) {
                guard children.updateValue(box, forKey: box.name) == nil else { throw .damaged }
            } else {
                unwanted.append(box)
            }
        }
        try readItems()
        guard let list = children["iprp"] else { return }
        for box in try HEIFBox.all(in: bytes, list.content) where box.name == "ipco" {
            guard properties.isEmpty else { throw .damaged }
            properties = try HEIFBox.all(in: bytes, box.content)
            unwanted += properties.filter { HEIFMeta.describing.contains($0.name) }
        }
    }

    /// The bytes that lie in `meta` itself.
    var ownData: Range<Int>? { children["idat"]?.content }

    /// The name of the program that wrote the file, behind five numbers of `hdlr`.
    var programName: Range<Int>? { children["hdlr"].map { $0.content.dropFirst(24) } }

    private func reader(_ name: String) throws(UploadError) -> BigEndianReader {
        guard let box = children[name] else { throw .damaged }
        return BigEndianReader(bytes[box.content])
    }

    private mutating func readItems() throws(UploadError) {
        guard let list = children["iinf"] else { throw .damaged }
        var reader = BigEndianReader(bytes[list.content])
        let version = try reader.version().version
        let count = try reader.number(version == 0 ? 2 : 4)
        let start = list.content.lowerBound + (version == 0 ? 6 : 8)
        let entries = try HEIFBox.all(in: bytes, start..<list.content.upperBound)
        guard entries.count == count else { throw .damaged }
        for entry in entries {
            guard entry.name == "infe" else { throw .damaged }
            var reader = BigEndianReader(bytes[entry.content])
            let version = try reader.version().version
            // Older ones have no type, and are not for pictures.
            guard version == 2 || version == 3 else { throw .damaged }
            let id = try reader.number(version == 2 ? 2 : 4)
            _ = try reader.number(2)
            let isPicture = HEIFMeta.pictures.contains(try reader.name())
            if isPicture { shown.insert(id) } else { hidden.insert(id) }
        }
    }

    /// Where the bytes of the items lie in the file: of those that are pictures, and of the others.
    ///
    /// - Parameter base: the place of `bytes` in the file.
    func locate(base: Int) throws(UploadError) -> (shown: [Range<Int>], hidden: [Range<Int>]) {
        var reader = try reader("iloc")
        let version = try reader.version().version
        guard version <= 2 else { throw .damaged }
        let sizes = try reader.number(2)
        let (offset, length, start) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15)
        let index = version == 0 ? 0 : sizes & 15
        // A length that is not said means everything; nobody writes that.
        guard [4, 8].contains(length), [offset, start, index].allSatisfy({ [0, 4, 8].contains($0) }) else {
            throw .damaged
        }
        var places: (shown: [Range<Int>], hidden: [Range<Int>]) = ([], [])
        for _ in 0..<(try reader.number(version < 2 ? 2 : 4)) {
            let id = try reader.number(version < 2 ? 2 : 4)
            let method = version == 0 ? 0 : try reader.number(2) & 15
            guard method < 2, try reader.number(2) == 0 else { throw .damaged }
            var origin = try reader.number(start)
            var limit = Int.max
            if method == 1 {
                guard let ownData, origin <= ownData.count else { throw .damaged }
                limit = base + ownData.upperBound
                origin += base + ownData.lowerBound
            }
            let isShown = shown.contains(id) && !hidden.contains(id)
            for _ in 0..<(try reader.number(2)) {
                _ = try reader.number(index)
                // Numbers are below 2^62, so that two of them can be added.
                let from = try reader.number(offset)
                guard from < limit - origin else { throw .damaged }
                let count = try reader.number(length)
                let begin = origin + from
                guard count <= limit - begin, places.shown.count + places.hidden.count < HEIFMeta.mostPlaces
                else { throw .damaged }
                if isShown {
                    places.shown.append(begin..<begin + count)
                } else {
                    places.hidden.append(begin..<begin + count)
                }
            }
        }
        return places
    }

    /// The size of the main picture as it is shown: cut and turned in the order of its properties.
    func size() throws(UploadError) -> (width: Int, height: Int)? {
        var reader = try reader("pitm")
        let primary = try reader.number(try reader.version().version == 0 ? 2 : 4)
        guard shown.contains(primary), !hidden.contains(primary) else { throw .damaged }
        var size: (width: Int, height: Int)?
        for number in try propertyNumbers(of: primary) where properties.indices.contains(number - 1) {
            let box = properties[number - 1]
            var reader = BigEndianReader(bytes[box.content])
            switch box.name {
            case "ispe":
                _ = try reader.version()
                size = (try reader.number(4), try reader.number(4))
            case "clap":
                let (width, widthParts) = (try reader.number(4), try reader.number(4))
                let (height, heightParts) = (try reader.number(4), try reader.number(4))
                guard widthParts > 0, heightParts > 0 else { throw .damaged }
                size = (width / widthParts, height / heightParts)
            case "irot":
                // Quarters against the clock.
                if try reader.number(1) & 1 == 1, let known = size { size = (known.height, known.width) }
            default:
                break
            }
        }
        return size
    }

    /// In their order, counted from one.
    private func propertyNumbers(of item: Int) throws(UploadError) -> [Int] {
        guard let list = children["iprp"] else { return [] }
        for box in try HEIFBox.all(in: bytes, list.content) where box.name == "ipma" {
            var reader = BigEndianReader(bytes[box.content])
            let (version, flags) = try reader.version()
            let width = flags & 1 == 1 ? 2 : 1
            for _ in 0..<(try reader.number(4)) {
                let id = try reader.number(version == 0 ? 2 : 4)
                var numbers: [Int] = []
                for _ in 0..<(try reader.number(1)) {
                    numbers.append(try reader.number(width) & (width == 2 ? 0x7FFF : 0x7F))
                }
                if id == item { return numbers }
            }
        }
        return []
    }
}
