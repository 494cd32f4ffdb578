import Glibc
import Media
import Net

struct ImageCommand: Command {
    static let name = "image"
    static let summary = "makes one small picture: started by the server or by systemd, not by hand"
    static let help = """
        islet image

        Standard input is a connected unix socket. One line comes over it, and with the line an open
        file. The command gives up what it does not need, becomes vipsthumbnail or ffmpeg, and the
        picture goes back over the socket. See islet-image@.service.
        """

    /// What is enough for the kinds that are read line by line, however large, and for HEIC of 24 million pixels; what
    /// needs more stays as it came. Addresses are more than memory: most of them are libraries.
    private static let limits: [Confinement.Limit] = [
        .addresses(512 << 20), .stack(1 << 20), .seconds(20), .writing(0), .descriptors(64), .core(0),
    ]

    static func run(_ words: ArraySlice<String>) throws {
        try Arguments(words, options: []).refuseRest()
        guard let (line, file) = PassedDescriptor.receive(over: 0), let wish = PictureWish(line: line) else {
            throw Failure(.usage, "No file came over standard input; see «islet help image».")
        }
        var facts = stat()
        guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.usage, "What came over standard input is no file.")
        }
        guard let command = PictureTools.find().words(for: wish) else {
            throw Failure(
                .unavailable, "Neither vipsthumbnail nor ffmpeg reads \(wish.source.mediaType) here.")
        }
        // Under systemd it has none already. Where the kernel refuses, as `islet check` tells, the rest must do.
        _ = Confinement.leaveNetwork()
        guard Confinement.accept(limits), dup2(0, 1) == 1, dup2(file, 0) == 0 else {
            throw Failure(.fault, "The limits cannot be set: \(DataFolder.reason()).")
        }
        // What wants to write a file is told that it cannot, and does without: libvips makes code that way.
        signal(SIGXFSZ, SIG_IGN)
        volunteer()
        silence()
        become(command)
        throw Failure(.unavailable, "\(command[0]) cannot be started: \(DataFolder.reason()).")
    }

    /// When memory is short, this is what the kernel is to end, and not the server whose child it may be: proc(5),
    /// oom_score_adj. Where it cannot be said, the kernel judges by size.
    private static func volunteer() {
        let score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard score >= 0 else { return }
        _ = write(score, "1000", 4)
        close(score)
    }

    /// What the program complains of is about a stranger's file, and in the stranger's words.
    private static func silence() {
        let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard nowhere >= 0 else { return }
        dup2(nowhere, 2)
        close(nowhere)
    }

    /// Returns only when the program could not be started.
    private static func become(_ command: [String]) {
        // One thread and one heap: half of the memory. <https://www.libvips.org/API/current/how-it-works.html>
        // And the heap gives back what is free: the tiles of a HEIC of 12 million pixels took 121 MB, and take 75.
        let environment = [
            "PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=/nonexistent", "MALLOC_ARENA_MAX=1",
            "MALLOC_MMAP_THRESHOLD_=65536", "MALLOC_TRIM_THRESHOLD_=65536", "OMP_NUM_THREADS=1",
            "VIPS_CONCURRENCY=1", "VIPS_BLOCK_UNTRUSTED=1", "VIPS_DISC_THRESHOLD=1g", "VIPS_NOVECTOR=1",
        ]
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        execve(command[0], &words, &variables)
    }
}
