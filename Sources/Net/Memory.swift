import CLinux
import Glibc

/// Memory that is not needed goes back to the system. mallopt(3), malloc_trim(3), madvise(2)
package enum Memory {
    /// One arena and a fixed threshold for mappings; call it first of all.
    package static func tune() {
        islet_tune_malloc()
    }

    /// Gives back what a burst left behind; takes about a millisecond.
    package static func trim() {
        malloc_trim(0)
    }

    /// Lets go of the pages of the program's code and of what stands before it in the file, which the start and a burst
    /// read and nobody else. They are the file's and unchanged, and come back, sixteen at a time, when they are needed.
    package static func forgetCode() {
        guard let maps = fopen("/proc/self/maps", "re") else { return }
        defer { fclose(maps) }
        var line = [CChar](repeating: 0, count: 4_096)
        while fgets(&line, Int32(line.count), maps) != nil {
            // `55d0c0a00000-55d0c1400000 r-xp 00200000 fe:00 1234  /usr/bin/islet`
            let text = String(
                decoding: line.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
            let fields = text.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            // What begins the file is never written to; of what is only readable further on, the linker has written some.
            let isUnchanged =
                fields.count == 6 && (fields[1] == "r-xp" || fields[1] == "r--p" && fields[2] == "00000000")
            guard isUnchanged, fields[5].drop(while: { $0 == " " }).first == "/",
                let dash = fields[0].firstIndex(of: "-"),
                let start = UInt(fields[0][..<dash], radix: 16),
                let end = UInt(fields[0][fields[0].index(after: dash)...], radix: 16), end > start
            else { continue }
            // What cannot be let go of stays.
            madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED)
        }
    }
}

/// What the kernel thinks of its clock. adjtimex(2)
package enum KernelClock {
    /// `false` when it was not set by anybody since the machine started; `true` also when that cannot be told.
    package static var isSynchronised: Bool { islet_clock_is_synchronised() != 0 }
}
