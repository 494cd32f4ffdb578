import Basics
import Connections
import Glibc
import Storage

struct ExportCommand: Command {
    static let name = "export"
    static let summary = "writes follows, lists, mutes, blocks, bookmarks or filters as CSV"
    static let help = """
        islet export KIND --data DIR [--output FILE]
        islet export all --data DIR --output FOLDER
        islet export filters --data DIR --json [--output FILE]

        KIND is follows, lists, mutes, blocks, domain-blocks, bookmarks or filters. The files are
        those of Mastodon, which takes them; filters, which it has only as JSON, are CSV with columns
        of our own, or with --json Mastodon's custom_filters.json. Lines are in the order of their
        addresses. Follows that nobody accepted yet are among them. It works beside a running server.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: ["data", "output"], flags: ["json"])
        guard arguments.rest.count == 1, let word = arguments.rest.first else {
            throw Failure(.usage, "A kind is needed, or all; see «islet help export».")
        }
        let kinds = ConnectionKind(name: word).map { [$0] } ?? (word == "all" ? ConnectionKind.allCases : [])
        guard !kinds.isEmpty else {
            throw Failure(.usage, "There is no kind «\(word)»; see «islet help export».")
        }
        guard !arguments.has("json") || kinds == [.filters] else {
            throw Failure(.usage, "--json is for filters.")
        }
        let path = arguments["output"]
        guard path != nil || word != "all" else { throw Failure(.usage, "all needs --output FOLDER.") }
        let folder = try arguments.required("data")
        // No file is made for a folder without an account; what is wrong is said when it is entered.
        let isThere = access("\(folder)/\(DataFolder.database)", F_OK) == 0
        let outputs = isThere ? try path.map { try open($0, word == "all" ? kinds : nil) } : nil
        try DataFolder.enter(folder)
        let store = try DataFolder.openStore()
        let home = try store.read {
            try Settings.text(.accountDomain, in: $0) ?? Settings.text(.domain, in: $0)
        }
        let export = Export(home: home ?? "", clock: Clock { _, _ in {} })
        // All is known before any file is touched.
        let files = try kinds.map { kind in
            try store.read { snapshot in
                try arguments.has("json")
                    ? export.mastodonFilters(in: snapshot) : export.csv(kind, in: snapshot)
            }
        }
        for (output, bytes) in zip(outputs ?? [.standard], files) { try output.write(bytes) }
    }

    /// Opened before the folder is entered, where the name means something else, and where the program may have become
    /// somebody who must not write there. What is in the files stays until there is something to write.
    ///
    /// - Parameter kinds: those for which a folder holds a file each; nil for one file.
    private static func open(_ path: String, _ kinds: [ConnectionKind]?) throws -> [Output] {
        guard let kinds else { return [try Output(path)] }
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw Failure(.cannotCreate, "The folder \(path) cannot be made: \(DataFolder.reason()).")
        }
        return try kinds.map { try Output("\(path)/\($0.fileName)") }
    }

    /// Where a file goes.
    private struct Output {
        static let standard = Output(fd: 1, path: "standard output")

        let fd: Int32
        let path: String

        private init(fd: Int32, path: String) {
            self.fd = fd
            self.path = path
        }

        init(_ path: String) throws {
            let fd = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            guard fd >= 0 else {
                throw Failure(.cannotCreate, "\(path) cannot be written: \(DataFolder.reason()).")
            }
            self.init(fd: fd, path: path)
        }

        func write(_ bytes: [UInt8]) throws {
            var before = stat()
            let isFile = fstat(fd, &before) == 0 && before.st_mode & S_IFMT == S_IFREG && fd != 1
            // Room is taken first, so that a full disk leaves what was there. Not every file system can do that.
            if isFile, !bytes.isEmpty {
                let refusal = posix_fallocate(fd, 0, off_t(bytes.count))
                if refusal == ENOSPC || refusal == EDQUOT {
                    ftruncate(fd, before.st_size)
                    errno = refusal
                    throw failure()
                }
            }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(fd, $0.baseAddress, $0.count) }
                guard count > 0 else { throw failure() }
                rest = rest.dropFirst(count)
            }
            guard isFile else { return }
            guard ftruncate(fd, off_t(bytes.count)) == 0, fsync(fd) == 0 else { throw failure() }
        }

        private func failure() -> Failure {
            Failure(.inputOutput, "\(path) cannot be written: \(DataFolder.reason()).")
        }
    }
}
