/// A box of an MP4 or QuickTime file: a size, four letters, content. ISO/IEC 14496-12 section 4.2.
struct ISOBox {
    let type: String
    let start: Int
    /// Where the content begins.
    let body: Int
    let end: Int

    /// The content from its `offset`th byte on.
    ///
    /// - Throws: if that is not `count` bytes inside the box.
    func place(_ offset: Int, _ count: Int) throws(UploadError) -> Int {
        guard offset >= 0, count >= 0, offset <= end - body, count <= end - body - offset else {
            throw .damaged
        }
        return body + offset
    }
}

/// Goes through the boxes that lie side by side in a part of a file.
struct ISOBoxes {
    /// Boxes in one file. An hour in fragments of a second, each with two tracks, has 40,000.
    static let most = 500_000

    let file: EditableFile
    private(set) var place: Int
    private let end: Int
    /// What is left is no box.
    private(set) var isAtGarbage = false
    private let isTop: Bool

    /// - Parameter isTop: whether these are the boxes of the file itself, where the last may have no size.
    init(_ file: EditableFile, from start: Int, to end: Int, isTop: Bool = false) {
        self.file = file
        self.place = start
        self.end = end
        self.isTop = isTop
    }

    init(_ file: EditableFile, in box: ISOBox, after offset: Int = 0) throws(UploadError) {
        self.init(file, from: try box.place(offset, 0), to: box.end)
    }

    /// The next box, or nil at the end.
    ///
    /// - Parameter budget: how many more the file may have.
    /// - Throws: `damaged` for a box that is larger than what it is in.
    mutating func next(_ budget: inout Int) throws(UploadError) -> ISOBox? {
        guard place < end, !isAtGarbage else { return nil }
        budget -= 1
        guard budget > 0 else { throw .damaged }
        guard end - place >= 8 else { return try stop() }
        let start = place
        var size = try file.number(4, at: start)
        var head = 8
        let type = try file.name(at: start + 4)
        if size == 1 {
            guard end - start >= 16 else { return try stop(at: type) }
            let large = try file.read(8, at: start + 8).bigEndian
            guard let large else { return try stop(at: type) }
            size = large
            head = 16
        } else if size == 0, isTop {
            size = end - start
        }
        guard size >= head, size <= end - start else { return try stop(at: type) }
        place = start + size
        return ISOBox(type: type, start: start, body: start + head, end: place)
    }

    /// No box is here. At the end of the file that is what some cameras put there; a film that was cut short
    /// is told from it by the name.
    private mutating func stop(at type: String = "") throws(UploadError) -> ISOBox? {
        if isTop, !MP4Stripper.keptAtTop.contains(type) {
            isAtGarbage = true
            return nil
        }
        // QuickTime ends some lists with 32 bits of zero.
        guard !isTop, end - place < 8 else { throw .damaged }
        try file.fill(place..<end)
        place = end
        return nil
    }
}
