/// Copies a picture as it arrives, leaving out what says where, when and by whom it was made.
///
/// Memory does not depend on the size of the picture. What is not understood is refused, never passed on.
struct MetadataStripper: Sendable {
    private enum Format: Sendable {
        /// While a piece is looked at.
        case taken
        case jpeg(JPEGStripper)
        case png(PNGStripper)
        case gif(GIFStripper)
    }

    private var format: Format

    /// For a kind that can be stripped as it comes; nil for others.
    init?(kind: MediaKind) {
        switch kind {
        case .jpeg: format = .jpeg(JPEGStripper())
        case .png: format = .png(PNGStripper())
        case .gif: format = .gif(GIFStripper())
        default: return nil
        }
    }

    /// Takes the next piece and appends to `output` what may stay.
    mutating func receive(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) throws(UploadError) {
        let current = format
        format = .taken  // leaves one reference, so that the stripper's buffer is not copied
        switch consume current {
        case .taken: throw .damaged
        case .jpeg(var stripper):
            defer { format = .jpeg(stripper) }
            try stripper.receive(bytes, into: &output)
        case .png(var stripper):
            defer { format = .png(stripper) }
            try stripper.receive(bytes, into: &output)
        case .gif(var stripper):
            defer { format = .gif(stripper) }
            try stripper.receive(bytes, into: &output)
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
        case .gif(let stripper): header = stripper.header
        case .taken: throw .damaged
        }
        guard let header else { throw .damaged }
        guard header.isReasonable else { throw .dimensions }
        return header
    }
}
