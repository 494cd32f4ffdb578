import Basics
import Glibc

/// What stands behind the content of a file in the cache: 24 bytes that say that all of it was written.
///
/// A mark of eight bytes, the length of the content in bytes and when it was stored, in milliseconds since 1970, both
/// as 64 bits, lowest byte first. It takes the place of a flush for each small picture: after a loss of power a file
/// that is not whole lacks it and is fetched again. A file that redirects led to has another mark, and between its
/// content and its end the servers they led to, host and port, with commas: one of them may be blocked later.
struct CachedFile: Hashable, Sendable {
    private static let mark: [UInt8] = Array("islet\0\u{1}\n".utf8)
    private static let redirectedMark: [UInt8] = Array("islet\0\u{2}\n".utf8)
    static let markLength = 24
    /// Most bytes between content and end: more names than a chain of redirects has.
    private static let mostOthers = 4_096

    /// Of the content, in bytes.
    var length: Int
    var kind: MediaKind
    var storedAt: Timestamp
    /// Host and port of the servers that redirects led to.
    var others: [String] = []

    /// Looks at the beginning and the end of an open file; nil unless it is whole and of a kind that is known.
    init?(_ descriptor: CInt) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        let endsAt = Int(facts.st_size) - CachedFile.markLength
        guard endsAt > 0, let end = CachedFile.read(descriptor, CachedFile.markLength, at: endsAt),
            let others = CachedFile.others(descriptor, end, at: endsAt)
        else { return nil }
        let length = Int(CachedFile.number(end[8..<16]))
        guard let start = CachedFile.read(descriptor, min(length, 64), at: 0),
            let kind = MediaKind(prefix: start)
        else { return nil }
        self.length = length
        self.kind = kind
        storedAt = Timestamp(milliseconds: CachedFile.number(end[16..<24]))
        self.others = others
    }

    /// Reads what stands between content and end; nil unless all three fit together.
    private static func others(_ descriptor: CInt, _ end: [UInt8], at endsAt: Int) -> [String]? {
        let length = number(end[8..<16])
        if end.starts(with: mark) { return length == Int64(endsAt) ? [] : nil }
        guard end.starts(with: redirectedMark), length > 0, length < Int64(endsAt),
            endsAt - Int(length) <= mostOthers,
            let bytes = read(descriptor, endsAt - Int(length), at: Int(length))
        else { return nil }
        return bytes.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The servers that redirects led to, of a file that may be none of these.
    static func others(at path: String) -> [String] {
        let descriptor = open(path)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return CachedFile(descriptor)?.others ?? []
    }

    /// The bytes that end a file whose content has this length.
    static func end(length: Int, from others: [String] = [], at now: Timestamp) -> [UInt8] {
        others.joined(separator: ",").utf8 + (others.isEmpty ? mark : redirectedMark) + bytes(Int64(length))
            + bytes(now.milliseconds)
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
