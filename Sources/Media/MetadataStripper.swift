/// Copies a picture as it arrives, leaving out what says where, when and by whom it was made.
///
/// Memory does not depend on the size of the picture. What is not understood is refused, never passed on.
struct MetadataStripper: Sendable {
    private enum Format: Sendable {
        case jpeg(JPEGStripper)
        case png(PNGStripper)
    }

    /// The first bytes, until the kind of picture is known.
    private var prefix: [UInt8] = []
    private var format: Format?

    /// Takes the next piece and appends to `output` what may stay.
    mutating func receive(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) throws(UploadError) {
        switch format {
        case .jpeg(var stripper):
            format = nil  // leaves one reference, so that the stripper's buffer is not copied
            defer { format = .jpeg(stripper) }
            try stripper.receive(bytes, into: &output)
        case .png(var stripper):
            format = nil
            defer { format = .png(stripper) }
            try stripper.receive(bytes, into: &output)
        case nil:
            prefix += bytes
            guard prefix.count >= MediaKind.prefixLength else { return }
            format =
                switch MediaKind(prefix: prefix) {
                case .jpeg: .jpeg(JPEGStripper())
                case .png: .png(PNGStripper())
                default: throw .unsupportedType
                }
            let start = prefix
            prefix = []
            try receive(start[...], into: &output)
        }
    }

    /// What the whole picture turned out to be.
    ///
    /// - Throws: if it is cut short, or says an absurd size.
    func finish() throws(UploadError) -> MediaHeader {
        let header: MediaHeader?
        switch format {
        case .jpeg(let stripper): header = stripper.header
        case .png(let stripper): header = stripper.header
        case nil: throw .unsupportedType
        }
        guard let header else { throw .damaged }
        guard header.isReasonable else { throw .dimensions }
        return header
    }
}
