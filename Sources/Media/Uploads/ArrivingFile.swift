/// One file of a form while it arrives: what may be stripped as it comes is, the rest is written as it is.
struct ArrivingFile {
    private enum Manner {
        /// The first bytes, until the kind is known.
        case unknown([UInt8])
        case stripped(MetadataStripper, StreamingDigest)
        case whole(MediaKind)
    }

    /// Bytes that tell every kind, see `MediaKind.prefixLength`.
    private static let prefixLength = 64

    let field: FileField
    let file: PartialFile
    private let digest: StreamingDigest
    private let limits: UploadLimits
    private var manner = Manner.unknown([])
    /// What came, in bytes.
    private var size = 0
    private var limit: Int

    init(_ field: FileField, file: PartialFile, digest: StreamingDigest, limits: UploadLimits) {
        self.field = field
        self.file = file
        self.digest = digest
        self.limits = limits
        limit = limits.body(with: [field])
    }

    mutating func receive(_ bytes: ArraySlice<UInt8>) throws(UploadError) {
        guard bytes.count <= limit - size else { throw .tooLarge(limit: limit) }
        size += bytes.count
        try add(bytes)
    }

    /// What is to be kept, once the file has ended.
    mutating func finish() throws(UploadError) -> PendingFile {
        if case .unknown(let start) = manner { try begin(with: start) }
        switch manner {
        case .unknown: throw .unsupportedType
        case .stripped(let stripper, let digest):
            return PendingFile(
                field: field.name, file: file,
                state: .stripped(try stripper.finish(), digest: digest.finish()))
        case .whole(let kind):
            return PendingFile(field: field.name, file: file, state: .whole(kind))
        }
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) throws(UploadError) {
        switch manner {
        case .unknown(let start):
            let start = start + bytes
            if start.count >= ArrivingFile.prefixLength {
                try begin(with: start)
            } else {
                manner = .unknown(start)
            }
        case .stripped(var stripper, let digest):
            manner = .unknown([])  // leaves one reference, so that the stripper's buffers are not copied
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            try stripper.receive(bytes, into: &output)
            digest.update(output[...])
            file.append(output[...])
            manner = .stripped(stripper, digest)
        case .whole:
            file.append(bytes)
        }
    }

    private mutating func begin(with start: [UInt8]) throws(UploadError) {
        guard let kind = MediaKind(prefix: start), field.takes(kind) else { throw .unsupportedType }
        limit = limits.bytes(of: kind)
        guard size <= limit else { throw .tooLarge(limit: limit) }
        manner = MetadataStripper(kind: kind).map { .stripped($0, digest) } ?? .whole(kind)
        try add(start[...])
    }
}
