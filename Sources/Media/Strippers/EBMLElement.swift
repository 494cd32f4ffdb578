/// An element of a WebM file: a number that says what it is, a size, content. RFC 8794 section 4.
struct EBMLElement {
    /// With its marker bits, as lists of elements write it.
    let id: Int
    let start: Int
    /// Where the content begins.
    let body: Int
    /// Nil for one that ends where another begins that cannot be in it.
    let knownEnd: Int?

    /// Where the content ends.
    ///
    /// - Throws: if that is not known, which only the largest elements may do.
    var end: Int {
        get throws(UploadError) {
            guard let knownEnd else { throw .damaged }
            return knownEnd
        }
    }
}

/// Goes through the elements that lie side by side in a part of a file.
struct EBMLElements {
    /// Elements in one file; where fragments have no size, an hour of film and sound has 300,000 blocks.
    static let most = 2_000_000

    private(set) var place: Int
    private let end: Int
    private var reader: ReadAhead

    init(_ file: EditableFile, from start: Int, to end: Int) {
        place = start
        self.end = end
        reader = ReadAhead(file, to: end)
    }

    /// The next element, or nil at the end; the one after it follows its content, if it has a size, or else
    /// its head.
    ///
    /// - Parameter budget: how many more the file may have.
    mutating func next(_ budget: inout Int) throws(UploadError) -> EBMLElement? {
        guard place < end else { return nil }
        budget -= 1
        guard budget > 0 else { throw .damaged }
        let start = place
        // The zeros before the first one say how many bytes follow.
        let idSize = try reader.bytes(1, at: start).first!.leadingZeroBitCount + 1
        guard idSize <= 4, end - start > idSize else { throw .damaged }
        guard let id = try reader.bytes(idSize, at: start).bigEndian else { throw .damaged }
        let sizeAt = start + idSize
        let sizeSize = try reader.bytes(1, at: sizeAt).first!.leadingZeroBitCount + 1
        guard sizeSize <= 8, end - sizeAt >= sizeSize else { throw .damaged }
        let field = try reader.bytes(sizeSize, at: sizeAt).bigEndian ?? 0
        let size = field & ((1 << (7 * sizeSize)) - 1)
        let body = sizeAt + sizeSize
        place = body
        if size == (1 << (7 * sizeSize)) - 1 {
            return EBMLElement(id: id, start: start, body: body, knownEnd: nil)
        }
        guard size <= end - body else { throw .damaged }
        place = body + size
        return EBMLElement(id: id, start: start, body: body, knownEnd: place)
    }
}

extension EditableFile {
    /// Makes this part an element that says nothing, RFC 8794 section 11.3.2.
    func void(from start: Int, to end: Int) throws(UploadError) {
        let size = end - start
        try erase(from: start, to: end)
        // One byte is too short for an element; nobody takes a zero for one.
        guard size >= 2 else { return }
        let width = min(8, size - 1)
        let field = UInt64(size - 1 - width) | 1 << UInt64(7 * width)
        let bytes = (0..<width).reversed().map { UInt8(truncatingIfNeeded: field >> UInt64(8 * $0)) }
        try overwrite([0xEC] + bytes, at: start)
    }

    func void(_ element: EBMLElement) throws(UploadError) {
        try void(from: element.start, to: try element.end)
    }

    /// An unsigned number that is all of an element.
    func number(in element: EBMLElement) throws(UploadError) -> Int {
        let size = try element.end - element.body
        guard size <= 8 else { throw .damaged }
        return try number(size, at: element.body)
    }

    /// A fraction that is all of an element; nil for one that is no number.
    func fraction(in element: EBMLElement) throws(UploadError) -> Double? {
        let bytes = try read(min(9, try element.end - element.body), at: element.body)
        let bits = bytes.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        let value: Double
        switch bytes.count {
        case 4: value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case 8: value = Double(bitPattern: bits)
        case 0: value = 0
        default: throw .damaged
        }
        return value.isFinite ? value : nil
    }
}
