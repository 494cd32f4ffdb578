import HTTP

/// Sorts the parts of a form while they arrive: pictures to disk, texts to memory, everything else nowhere.
struct FormReader {
    /// A picture that is complete but not yet kept.
    struct Upload {
        var field: String
        var file: PartialFile
        var header: MediaHeader
        var digest: String
        var size: Int
    }

    private enum Part {
        case skipped
        case text(name: String)
        case file(name: String, PartialFile, MetadataStripper, StreamingDigest, size: Int)
    }

    private var parser: MultipartParser
    private let fileNames: Set<String>
    private let folder: String
    private let digest: () -> StreamingDigest
    private let limits: Limits
    private var part = Part.skipped
    private var text: [UInt8] = []
    /// Bytes of all texts together.
    private var textBytes = 0
    private var texts = Form()
    private var uploads: [Upload] = []

    init(
        parser: MultipartParser, fileNames: Set<String>, folder: String,
        digest: @escaping () -> StreamingDigest,
        limits: Limits
    ) {
        self.parser = parser
        self.fileNames = fileNames
        self.folder = folder
        self.digest = digest
        self.limits = limits
    }

    mutating func receive(_ bytes: [UInt8]) throws(UploadError) {
        let events: [MultipartEvent]
        do {
            events = try parser.receive(bytes)
        } catch {
            throw .malformedForm
        }
        for event in events {
            switch event {
            case .partBegan(let headers): try begin(headers)
            case .data(let bytes): try add(bytes)
            case .partEnded: try end()
            case .finished: break
            }
        }
    }

    /// Everything, once the closing boundary has come.
    func finish() throws(UploadError) -> (texts: Form, uploads: [Upload]) {
        guard parser.isFinished else { throw .malformedForm }
        return (texts, uploads)
    }

    private mutating func begin(_ headers: MultipartHeaders) throws(UploadError) {
        if fileNames.contains(headers.name), headers.filename != nil || headers.contentType != nil {
            guard !uploads.contains(where: { $0.field == headers.name }) else { throw .malformedForm }
            part = .file(
                name: headers.name, try PartialFile(in: folder), MetadataStripper(), digest(), size: 0)
        } else {
            part = headers.filename == nil ? .text(name: headers.name) : .skipped
            text = []
        }
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) throws(UploadError) {
        switch part {
        case .skipped:
            break
        case .text:
            textBytes += bytes.count
            guard textBytes <= limits.multipartField else { throw .tooLarge(limit: limits.multipartField) }
            text += bytes
        case .file(let name, let file, var stripper, let digest, let size):
            part = .skipped  // leaves one reference, so that the stripper's buffers are not copied
            guard bytes.count <= limits.bodyUpload - size else { throw .tooLarge(limit: limits.bodyUpload) }
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            try stripper.receive(bytes, into: &output)
            digest.update(output[...])
            try file.append(output)
            part = .file(name: name, file, stripper, digest, size: size + output.count)
        }
    }

    private mutating func end() throws(UploadError) {
        switch part {
        case .skipped:
            break
        case .text(let name):
            texts.append(name, FormReader.decode(text))
        case .file(let name, let file, let stripper, let digest, let size):
            uploads.append(
                Upload(
                    field: name, file: file, header: try stripper.finish(), digest: digest.finish(),
                    size: size))
        }
        part = .skipped
        text = []
    }

    /// The text of a field. NUL, which no text of a person holds, becomes U+FFFD as in other encodings.
    private static func decode(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }
}
