import HTTP

/// Sorts the parts of a form while they arrive: files to disk, texts to memory, everything else nowhere.
struct FormReader {
    private enum Part {
        case skipped
        case text(name: String)
        /// A file without a name: browsers send an empty one for every field where nobody chose any.
        case unchosen(FileField)
        case file(ArrivingFile)
    }

    private var parser: MultipartParser
    private let fields: Set<FileField>
    private let folder: String
    private let digest: () -> StreamingDigest
    private let limits: Limits
    private let uploadLimits: UploadLimits
    private var part = Part.skipped
    private var text: [UInt8] = []
    /// Bytes of all texts together.
    private var textBytes = 0
    private var texts = Form()
    private var files: [PendingFile] = []
    private let forgivesFiles: Bool
    /// What was forgiven.
    private(set) var faults: [UploadError] = []

    /// - Parameter forgivesFiles: whether what is wrong with a file costs that file only.
    init(
        parser: MultipartParser, fields: Set<FileField>, forgivesFiles: Bool, folder: String,
        digest: @escaping () -> StreamingDigest, limits: Limits, uploadLimits: UploadLimits
    ) {
        self.parser = parser
        self.fields = fields
        self.forgivesFiles = forgivesFiles
        self.folder = folder
        self.digest = digest
        self.limits = limits
        self.uploadLimits = uploadLimits
    }

    /// The file that has enough for the disk, which is waited for before more is taken.
    var dueFile: PartialFile? {
        guard case .file(let arriving) = part, arriving.file.isDue else { return nil }
        return arriving.file
    }

    mutating func receive(_ bytes: [UInt8]) throws(UploadError) {
        let events: [MultipartEvent]
        do {
            events = try parser.receive(bytes)
        } catch {
            throw .malformedForm
        }
        for event in events {
            do {
                try take(event)
            } catch {
                try forgive(error)
            }
        }
    }

    /// Leaves the file out that this is about, or throws it.
    mutating func forgive(_ error: UploadError) throws(UploadError) {
        guard forgivesFiles, error.isOfOneFile else { throw error }
        faults.append(error)
        part = .skipped
    }

    private mutating func take(_ event: MultipartEvent) throws(UploadError) {
        switch event {
        case .partBegan(let headers): try begin(headers)
        case .data(let bytes): try add(bytes)
        case .partEnded: try end()
        case .finished: break
        }
    }

    /// Everything, once the closing boundary has come.
    func finish() throws(UploadError) -> (texts: Form, files: [PendingFile]) {
        guard parser.isFinished else { throw .malformedForm }
        return (texts, files)
    }

    private mutating func begin(_ headers: MultipartHeaders) throws(UploadError) {
        if let field = fields.first(where: { $0.name == headers.name }),
            headers.filename != nil || headers.contentType != nil
        {
            if headers.filename?.isEmpty == true { part = .unchosen(field) } else { try open(field) }
        } else {
            part = headers.filename == nil ? .text(name: headers.name) : .skipped
            text = []
        }
    }

    private mutating func open(_ field: FileField) throws(UploadError) {
        guard files.count(where: { $0.field == field.name }) < field.most else {
            throw field.most == 1 ? .malformedForm : .tooManyFiles(limit: field.most)
        }
        part = .file(
            ArrivingFile(field, file: try PartialFile(in: folder), digest: digest(), limits: uploadLimits))
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) throws(UploadError) {
        switch part {
        case .skipped:
            break
        case .text:
            textBytes += bytes.count
            guard textBytes <= limits.multipartField else {
                throw .interrupted(.tooLarge(limit: limits.multipartField))
            }
            text += bytes
        case .unchosen(let field):
            try open(field)
            try add(bytes)
        case .file(var file):
            part = .skipped  // leaves one reference, so that its buffers are not copied
            try file.receive(bytes)
            part = .file(file)
        }
    }

    private mutating func end() throws(UploadError) {
        switch part {
        case .skipped, .unchosen:
            break
        case .text(let name):
            texts.append(name, FormReader.decode(text))
        case .file(var file):
            files.append(try file.finish())
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
