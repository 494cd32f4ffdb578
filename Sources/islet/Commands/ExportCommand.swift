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
        // Opened before the folder is entered, where the name means something else.
        let output = try arguments["output"].map { try Output($0, isFolder: word == "all") }
        guard output != nil || word != "all" else { throw Failure(.usage, "all needs --output FOLDER.") }
        try DataFolder.enter(arguments.required("data"))
        let store = try DataFolder.openStore()
        let home = try store.read {
            try Settings.text(.accountDomain, in: $0) ?? Settings.text(.domain, in: $0)
        }
        let export = Export(home: home ?? "", clock: Clock { _, _ in {} })
        for kind in kinds {
            let bytes = try store.read { snapshot in
                try arguments.has("json")
                    ? export.mastodonFilters(in: snapshot) : export.csv(kind, in: snapshot)
            }
            try (output ?? .standard).write(bytes, named: kind.fileName)
        }
    }

    /// Where the files go.
    private struct Output {
        static let standard = Output(fd: 1, isFolder: false, path: "standard output")

        let fd: Int32
        let isFolder: Bool
        let path: String

        private init(fd: Int32, isFolder: Bool, path: String) {
            self.fd = fd
            self.isFolder = isFolder
            self.path = path
        }

        init(_ path: String, isFolder: Bool) throws {
            if isFolder, mkdir(path, 0o700) != 0, errno != EEXIST {
                throw Failure(.cannotCreate, "The folder \(path) cannot be made: \(DataFolder.reason()).")
            }
            let fd =
                isFolder
                ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard fd >= 0 else {
                throw Failure(.cannotCreate, "\(path) cannot be written: \(DataFolder.reason()).")
            }
            self.init(fd: fd, isFolder: isFolder, path: path)
        }

        func write(_ bytes: [UInt8], named name: String) throws {
            guard isFolder else { return try write(bytes, to: fd) }
            let file = openat(fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard file >= 0 else {
                throw Failure(.cannotCreate, "\(path)/\(name) cannot be written: \(DataFolder.reason()).")
            }
            defer { close(file) }
            try write(bytes, to: file)
        }

        private func write(_ bytes: [UInt8], to fd: Int32) throws {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(fd, $0.baseAddress, $0.count) }
                guard count > 0 else {
                    throw Failure(.inputOutput, "\(path) cannot be written: \(DataFolder.reason()).")
                }
                rest = rest.dropFirst(count)
            }
        }
    }
}
