import Basics
import Glibc

/// A file of the cache while it arrives: written at its end, read anywhere by anybody, and gone unless it is kept.
///
/// Its descriptor lives as long as this does; `append` and `keep` are called by one task, which owns the fetch.
final class Spool: Sendable {
    /// What a restart may sweep away.
    static let namePrefix = ".part-"

    private let folder: String
    private let path: String
    private let descriptor: CInt

    /// Nil if the disk does not take it.
    init?(in folder: String) {
        let number = String(UInt64.random(in: .min ... .max), radix: 36)
        path = "\(folder)/\(Spool.namePrefix)\(number)"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        self.folder = folder
    }

    deinit {
        close(descriptor)
        // Not there any more if it was kept: then it has its name.
        unlink(path)
    }

    /// Writes these bytes at this place; false if the disk does not take them.
    func write(_ bytes: ArraySlice<UInt8>, at offset: Int) -> Bool {
        var done = 0
        while done < bytes.count {
            let put = bytes.dropFirst(done).withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset + done))
            }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { return false }
            done += put
        }
        return true
    }

    /// At most so many bytes from this place, which was written; nil if the disk does not give them.
    func read(_ count: Int, at offset: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Gives the file its name, as one that is whole.
    ///
    /// - Parameter others: the servers that redirects led to.
    func keep(as name: RemoteName, length: Int, from others: [String] = [], at now: Timestamp) -> Bool {
        write(CachedFile.end(length: length, from: others, at: now)[...], at: length)
            && rename(path, "\(folder)/\(name)") == 0
    }
}
