package import Basics
import Glibc
package import HTTP
package import Storage

/// Takes files from a multipart form while it arrives and stores them under the digest of their content.
package struct Uploads: Sendable {
    private let folder: String
    private let store: Store
    private let worker: Worker
    private let digest: @Sendable () -> StreamingDigest
    private let limits: Limits
    package let uploadLimits: UploadLimits

    /// Makes the folder where needed and removes what an earlier run left half written.
    ///
    /// - Parameters:
    ///   - folder: where files lie; on the same file system as nothing else in particular.
    ///   - worker: runs what waits for the disk.
    ///   - digest: makes a SHA-256.
    /// - Throws: `MediaFolderError` if the folder cannot be used.
    package init(
        folder: String, store: Store, worker: Worker, limits: Limits = .standard,
        uploadLimits: UploadLimits = .standard, digest: @escaping @Sendable () -> StreamingDigest
    ) throws(MediaFolderError) {
        self.folder = folder
        self.store = store
        self.worker = worker
        self.digest = digest
        self.limits = limits
        self.uploadLimits = uploadLimits
        if mkdir(folder, 0o750) != 0, errno != EEXIST { throw MediaFolderError(path: folder) }
        try MediaFolder.forEachName(in: folder) { name in
            if name.hasPrefix(PartialFile.namePrefix) { unlink("\(folder)/\(name)") }
        }
    }

    /// Reads the whole form: files in these fields are stored, texts gathered, the rest skipped.
    ///
    /// - Parameter forgivesFiles: whether what is wrong with a file costs that file only and is told in `faults`; else
    ///   it is thrown, and with it the form is lost.
    package func receive(
        _ body: RequestBody, contentType: MediaType, files: Set<FileField>, forgivesFiles: Bool = false
    ) async throws(UploadError) -> UploadedForm {
        guard let parser = MultipartParser(contentType: contentType, limits: limits) else {
            throw .malformedForm
        }
        var form = FormReader(
            parser: parser, fields: files, forgivesFiles: forgivesFiles, folder: folder, digest: digest,
            limits: limits,
            uploadLimits: uploadLimits)
        switch body {
        case .bytes(let bytes):
            try form.receive(bytes)
        case .stream(let stream):
            while let chunk = try await next(of: stream) {
                try form.receive(chunk)
                guard let file = form.dueFile else { continue }
                do {
                    try await onDisk { () throws(UploadError) in try file.flush() }
                } catch {
                    try form.forgive(error)
                }
            }
        }
        let (texts, pending) = try form.finish()
        var stored: [(field: String, file: StoredFile)] = []
        for file in pending {
            do {
                let kept = try await onDisk { [digest] () throws(UploadError) in
                    try file.keep(digest: digest)
                }
                stored.append((file.field, kept))
            } catch {
                try form.forgive(error)
            }
        }
        let first = Dictionary(stored.map { ($0.field, $0.file) }, uniquingKeysWith: { first, _ in first })
        return UploadedForm(texts: texts, files: first, all: stored, faults: form.faults)
    }

    /// Removes those of these files that nothing uses any more; those of the last hour stay, as somebody may
    /// be about to use them. The folder is looked at where nobody else has to wait for the disk.
    ///
    /// - Throws: `StoreError` when the database cannot say what is used; `UploadError.overloaded` when too much waits
    ///   for the disk. Then the files stay until the housekeeping finds them.
    package func remove(_ files: [String]) async throws {
        let candidates = files.compactMap(MediaFile.init)
        guard !candidates.isEmpty else { return }
        let used = try store.read { try Attachments.inUse(candidates.map(\.name), in: $0) }
        let unused = candidates.filter { !used.contains($0.name) }
        guard !unused.isEmpty else { return }
        try await onDisk { [folder] in
            for file in unused {
                let path = "\(folder)/\(file.name)"
                var facts = stat()
                guard stat(path, &facts) == 0, facts.st_mtim.tv_sec < time(nil) - Uploads.grace else {
                    continue
                }
                unlink(path)
            }
        }
    }

    /// Looks through the whole folder for files that nothing uses, for once a day.
    package func removeUnused() async throws {
        var names = try await onDisk { [folder] () -> [String] in
            var names: [String] = []
            do {
                try MediaFolder.forEachName(in: folder) { names.append($0) }
            } catch {
                // A folder that cannot be read now is looked at tomorrow; uploads say that something is wrong.
                return []
            }
            return names
        }
        while !names.isEmpty {
            try await remove(Array(names.suffix(Uploads.namesAtOnce)))
            names.removeLast(min(Uploads.namesAtOnce, names.count))
        }
    }

    /// Seconds during which a new file is safe: the time between its upload and its row in the database.
    private static let grace = 3_600
    /// Names in one question to the database.
    private static let namesAtOnce = 500

    private func next(of stream: BodyStream) async throws(UploadError) -> [UInt8]? {
        do {
            return try await stream.next()
        } catch let error as BodyError {
            throw .interrupted(error)
        } catch {
            throw .interrupted(.disconnected)
        }
    }

    /// Does what waits for the disk where nobody else has to wait with it.
    private func onDisk<Value: Sendable>(
        _ work: @escaping @Sendable () throws(UploadError) -> Value
    ) async throws(UploadError) -> Value {
        let outcome: Result<Value, UploadError>
        do {
            outcome = try await worker.run { () -> Result<Value, UploadError> in
                do throws(UploadError) { return .success(try work()) } catch { return .failure(error) }
            }
        } catch {
            throw .overloaded
        }
        return try outcome.get()
    }
}
