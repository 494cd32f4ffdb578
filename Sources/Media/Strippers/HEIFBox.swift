/// The frame of a box: a length, a name, and where the content lies. ISO/IEC 14496-12 section 4.2.
struct HEIFBox {
    /// Most bytes of a frame: 64-bit length and extended name.
    static let longestFrame = 32

    let name: String
    /// Where the box begins, and the content with all that follows it in the box.
    let place: Int
    let content: Range<Int>

    /// Reads the frame that begins with `start`; there are fewer than `longestFrame` bytes only if the box must end there.
    init(_ start: ArraySlice<UInt8>, at place: Int, before end: Int) throws(UploadError) {
        var reader = BigEndianReader(start)
        var length = try reader.number(4)
        name = try reader.name()
        var frame = 8
        if length == 1 {
            length = try reader.number(8)
            frame += 8
        } else if length == 0 {
            length = end - place
        }
        guard length >= frame, length <= end - place else { throw .damaged }
        self.place = place
        content = place + frame..<place + length
    }

    /// The boxes that lie in this part of `bytes`, whose first byte has the place 0.
    static func all(in bytes: [UInt8], _ range: Range<Int>) throws(UploadError) -> [HEIFBox] {
        var boxes: [HEIFBox] = []
        var place = range.lowerBound
        while place < range.upperBound {
            let box = try HEIFBox(bytes[place..<range.upperBound], at: place, before: range.upperBound)
            boxes.append(box)
            place = box.content.upperBound
        }
        return boxes
    }
}
