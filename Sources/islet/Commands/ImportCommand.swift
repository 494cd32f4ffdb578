import Connections
import Glibc
import HTTP
import JSON
import Storage

struct ImportCommand: Command {
    static let name = "import"
    static let summary = "takes over follows, lists, mutes, blocks, bookmarks or filters from CSV"
    static let help = """
        islet import KIND FILE --data DIR [--merge | --replace [--yes]] [--wait]
        islet import status --data DIR [--json]
        islet import report ID --data DIR [--json]
        islet import cancel ID --data DIR

        KIND is follows, lists, mutes, blocks, domain-blocks, bookmarks or filters; FILE may be -, the
        standard input. Mastodon's files are taken, old and new, with and without names of columns,
        and its custom_filters.json.

        The running server does the work, at most five questions a second and host, and goes on after
        a restart. --merge, which is what happens without a word, adds what is in the file. --replace
        also undoes what is not in it; without --yes it only says what that would be. The number of
        the import is printed; --wait says how far it is, and then prints its report. status prints one
        import a line, report each line that failed and why, and cancel stops an import; what is done
        stays done.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(
            words, options: ["data"], flags: ["merge", "replace", "yes", "wait", "json"])
        let rest = arguments.rest
        switch (rest.first, rest.count) {
        case ("status", 1):
            try DataFolder.enter(arguments.required("data"))
            try status(isJSON: arguments.has("json"))
        case ("report", 2), ("cancel", 2):
            guard let id = ImportJobID(rest[1]) else { throw Failure(.usage, "«\(rest[1])» is no number.") }
            try DataFolder.enter(arguments.required("data"))
            if rest[0] == "report" { return try report(id, isJSON: arguments.has("json")) }
            _ = try ask(.post, "/import-jobs/\(id)/cancel")
            print("Import \(id) is cancelled.")
        case (let word?, 2):
            guard let kind = ConnectionKind(name: word) else {
                throw Failure(.usage, "There is no kind «\(word)»; see «islet help import».")
            }
            guard !(arguments.has("merge") && arguments.has("replace")) else {
                throw Failure(.usage, "One of --merge and --replace.")
            }
            // Read before the folder is entered, where the name means something else.
            let bytes = try file(rest[1])
            try DataFolder.enter(arguments.required("data"))
            try start(kind, bytes, arguments)
        default:
            throw Failure(.usage, "A kind and a file are needed; see «islet help import».")
        }
    }

    private static func start(_ kind: ConnectionKind, _ bytes: [UInt8], _ arguments: Arguments) throws {
        let path = "/imports/\(kind.name)/\(arguments.has("replace") ? "replace" : "merge")"
        if arguments.has("replace"), !arguments.has("yes") {
            print(try ask(.post, path + "/plan", body: bytes), terminator: "")
            return print("Nothing was changed; with --yes it is done.")
        }
        let answer = try ask(.post, path, body: bytes)
        guard let id = ImportJobID(answer.prefix { $0.isNumber }) else {
            throw Failure(.fault, "The running server's answer cannot be read.")
        }
        guard arguments.has("wait") else {
            return print("Import \(id) has begun; «islet import status» says how far it is.")
        }
        var last = ""
        while true {
            guard let job = try all().first(where: { $0["id"]?.int == Int(id.value) }) else {
                throw Failure(.unavailable, "There is no import \(id) any more.")
            }
            let line = row(job)
            if line != last { print(line) }
            last = line
            if job["ended_at"]?.string != nil { return try report(id, isJSON: arguments.has("json")) }
            sleep(1)
        }
    }

    // MARK: - Looking

    private static func status(isJSON: Bool) throws {
        if isJSON { return print(try ask(.get, "/import-jobs")) }
        for job in try all() { print(row(job)) }
    }

    private static func all() throws -> [JSONValue] {
        try elements(ask(.get, "/import-jobs"))
    }

    private static func row(_ job: JSONValue) -> String {
        func text(_ name: String) -> String { job[name]?.string ?? job[name]?.int.map(String.init) ?? "-" }
        return [
            text("id"), text("kind"), text("mode"), text("state"), "lines \(text("lines"))",
            "done \(text("done"))", "failed \(text("failed"))", "undone \(text("undone"))",
        ].joined(separator: "\t")
    }

    private static func report(_ id: ImportJobID, isJSON: Bool) throws {
        guard try all().contains(where: { $0["id"]?.int == Int(id.value) }) else {
            throw Failure(.unavailable, "There is no import \(id).")
        }
        var line = 0
        while true {
            let failures = try elements(ask(.get, "/import-jobs/\(id)/failures/\(line)"))
            guard let last = failures.last?["line"]?.int, last > line else { return }
            for failure in failures {
                if isJSON {
                    print(String(decoding: failure.rawBytes, as: UTF8.self))
                } else {
                    print(
                        failure["line"]?.int ?? 0, (failure["entry"]?.string ?? "").printable,
                        (failure["reason"]?.string ?? "").printable, separator: "\t")
                }
            }
            line = last
        }
    }

    private static func elements(_ answer: String) throws -> [JSONValue] {
        guard let document = try? Document(Array(answer.utf8)) else {
            throw Failure(.fault, "The running server's answer cannot be read.")
        }
        return document.root.elements
    }

    private static func ask(_ method: Method, _ path: String, body: [UInt8] = []) throws -> String {
        try ControlClient.connections(method, path, body: body)
    }

    private static func file(_ path: String) throws -> [UInt8] {
        let fd = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard fd >= 0 else { throw Failure(.unavailable, "\(path) cannot be read: \(DataFolder.reason()).") }
        defer { if fd != 0 { close(fd) } }
        let limit = ImportLimits().bytes
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = read(fd, &buffer, buffer.count)
            guard count >= 0 else {
                throw Failure(.inputOutput, "\(path) cannot be read: \(DataFolder.reason()).")
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        throw Failure(.badData, ImportRefusal.tooLarge(limit: limit).sentence)
    }
}

extension ControlClient {
    /// Asks for what only a running server can do.
    static func connections(_ method: Method, _ path: String, body: [UInt8] = []) throws -> String {
        // A long file is read and stored before the answer, on a slow card too.
        guard let (status, text) = try exchange(method, path, body: body, seconds: 300) else {
            throw Failure(
                .unavailable, "This asks other servers, so the server must run: start «islet serve» first.")
        }
        let sentence = text.split(separator: "\n").joined(separator: " ").printable
        switch status {
        case .ok: return text
        case .unprocessable: throw Failure(.badData, sentence)
        default: throw Failure(.tryLater, "The running server says: \(sentence)")
        }
    }
}

extension String {
    /// The text with what would move the cursor of a terminal, or turn the writing round, written out.
    fileprivate var printable: String {
        unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: String(scalar)
            }
        }.joined()
    }
}
