import Basics
import Glibc

/// What stands behind the content of a file in the cache: 24 bytes that say that all of it was written.
///
/// A mark of eight bytes, the length of the content in bytes and when it was stored, in milliseconds since 1970, both
/// as 64 bits, lowest byte first. It takes the place of a flush for each small picture: after a loss of power a file
/// that is not whole lacks it and is fetched again.
struct CachedFile: Hashable, Sendable {
    private static let mark: [UInt8] = Array("islet\0\u{1}\n".utf8)
    static let markLength = 24

    /// Of the content, in bytes.
    var length: Int
    var kind: MediaKind
    var storedAt: Timestamp

    /// Looks at the beginning and the end of an open file; nil unless it is whole and of a kind that is known.
    init?(_ descriptor: CInt) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        let length = Int(facts.st_size) - CachedFile.markLength
        guard length > 0, let end = CachedFile.read(descriptor, CachedFile.markLength, at: length),
            end.starts(with: CachedFile.mark), CachedFile.number(end[8..<16]) == Int64(length),
            let start = CachedFile.read(descriptor, min(length, 64), at: 0),
            let kind = MediaKind(prefix: start)
        else { return nil }
        self.length = length
        self.kind = kind
        storedAt = Timestamp(milliseconds: CachedFile.number(end[16..<24]))
    }

    /// The bytes that end a file of this length.
    static func end(length: Int, at now: Timestamp) -> [UInt8] {
        mark + bytes(Int64(length)) + bytes(now.milliseconds)
    }

    /// Opens a file without a trace: reading is no reason to write to the disk.
    static func open(_ path: String) -> CInt {
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW
        // Only the owner of a file may ask for this.
        let descriptor = Glibc.open(path, flags | CachedFile.noAccessTime)
        return descriptor < 0 && errno == EPERM ? Glibc.open(path, flags) : descriptor
    }

    /// `O_NOATIME` of Linux, which glibc shows to GNU programs only; the same on every processor that Swift has.
    private static let noAccessTime: CInt = 0o1000000

    private static func read(_ descriptor: CInt, _ count: Int, at offset: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        guard pread(descriptor, &bytes, count, off_t(offset)) == count else { return nil }
        return bytes
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        bytes.reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
}
