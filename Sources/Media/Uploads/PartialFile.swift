import Glibc

/// A file that is being written under a temporary name; it vanishes unless it is kept.
///
/// `@unchecked Sendable`: used by one task at a time, first the one that writes, then the worker that keeps
/// it.
final class PartialFile: @unchecked Sendable {
    /// What a restart may sweep away.
    static let namePrefix = ".upload-"
    /// Bytes gathered before they are handed to the kernel.
    private static let bufferSize = 65_536

    private let folder: String
    private let path: String
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var isKept = false

    init(in folder: String) throws(UploadError) {
        path = "\(folder)/\(PartialFile.namePrefix)\(String(UInt64.random(in: .min ... .max), radix: 36))"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .outOfSpace }
        self.folder = folder
    }

    deinit {
        close(descriptor)
        if !isKept { unlink(path) }
    }

    /// Gathers bytes in memory; whoever does so flushes when it is due.
    func append(_ bytes: ArraySlice<UInt8>) {
        buffer += bytes
    }

    /// Whether enough has been gathered to be written.
    var isDue: Bool { buffer.count >= PartialFile.bufferSize }

    /// Writes what was gathered. Blocks.
    func flush() throws(UploadError) {
        var start = 0
        while start < buffer.count {
            let written = buffer[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .outOfSpace }
            start += written
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// What has been written, to be changed in place.
    func editable() throws(UploadError) -> EditableFile { try EditableFile(descriptor: descriptor) }

    /// Gives the file its name once all of it is on disk, which blocks; a file of the same name has the same content.
    func keep(as name: String) throws(UploadError) {
        try flush()
        // Readable for others of the service's group, such as a reverse proxy that serves files itself.
        guard fchmod(descriptor, 0o640) == 0, fsync(descriptor) == 0 else { throw .outOfSpace }
        guard rename(path, "\(folder)/\(name)") == 0 else { throw .outOfSpace }
        isKept = true
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .outOfSpace }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .outOfSpace }
    }
}
