import Basics
import HTTP
import JSON
import Media
import Storage

struct MediaCommand: Command {
    static let name = "media"
    static let summary = "lists, counts or removes what is stored of others' files"
    static let help = """
        islet media list --data DIR [--json]
        islet media audit --data DIR [--json]
        islet media purge --data DIR [--domain HOST] [--account NAME@HOST] [--all]

        list prints one file a line: bytes, since when it is here, its kind, the host it came from,
        whose it is, and the post or profile that shows it; as JSON, one object a line. audit prints
        sums by host and by kind, how many files nothing names any more, and of the owner's own files
        how many there are, which no post or profile uses, and which are missing. purge removes others'
        files of a host and its subdomains, of a person, or all, and prints how many files and bytes
        that were. It works beside a running server, which counts again when it next needs room; what
        is looked at again is fetched again.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(
            words, options: ["data", "domain", "account"], flags: ["json", "all"])
        guard arguments.rest.count == 1, let act = arguments.rest.first else {
            throw Failure(.usage, "One of list, audit and purge is needed; see «islet help media».")
        }
        let isNarrowed = arguments["domain"] != nil || arguments["account"] != nil
        guard ["list", "audit", "purge"].contains(act) else {
            throw Failure(.usage, "«\(act)» is not understood here; see «islet help media».")
        }
        guard (act == "purge") == (isNarrowed || arguments.has("all")) else {
            throw Failure(.usage, "purge, and nothing else, needs --domain, --account or --all.")
        }
        try DataFolder.enter(arguments.required("data"))
        let store = try DataFolder.openStore()
        let files = CachedFiles(folder: DataFolder.cache, store: store)
        do {
            switch act {
            case "list": try list(files, isJSON: arguments.has("json"))
            case "audit":
                try audit(
                    files, OwnFiles(folder: DataFolder.media, store: store), isJSON: arguments.has("json"))
            default: try purge(files, arguments)
            }
        } catch let error as MediaFolderError {
            throw Failure(.inputOutput, "\(error).")
        }
    }

    private static func host(_ entry: CachedFiles.Entry) -> String? {
        entry.source.flatMap { WebURL($0.url)?.host }
    }

    private static func list(_ files: CachedFiles, isJSON: Bool) throws {
        try files.forEach { entry in
            let since = entry.since.map { ISO8601.seconds($0.milliseconds / 1_000) }
            if isJSON {
                var line = JSONWriter()
                line.object {
                    $0.field("name", entry.name)
                    $0.field("bytes", entry.bytes)
                    $0.field("since", since)
                    $0.field("kind", entry.kind)
                    $0.field("host", host(entry))
                    $0.field("account", entry.source?.acct)
                    $0.field("page", entry.source?.page)
                }
                return print(String(decoding: line.bytes, as: UTF8.self))
            }
            print(
                entry.bytes, since ?? "-", entry.kind, host(entry) ?? "-", entry.source?.acct ?? "-",
                entry.source?.page ?? "-", separator: "\t")
        }
    }

    private static func audit(_ files: CachedFiles, _ own: OwnFiles, isJSON: Bool) throws {
        var kinds: [String: Sum] = [:]
        var hosts: [String: Sum] = [:]
        var all = Sum()
        var unnamed = Sum()
        try files.forEach { entry in
            all.add(entry)
            kinds[entry.kind, default: Sum()].add(entry)
            if let host = host(entry) { hosts[host, default: Sum()].add(entry) } else { unnamed.add(entry) }
        }
        guard isJSON else {
            print("all", all.files, all.bytes, separator: "\t")
            for (kind, sum) in kinds.sorted(by: { $0.key < $1.key }) {
                print("kind \(kind)", sum.files, sum.bytes, separator: "\t")
            }
            for (host, sum) in hosts.sorted(by: { ($1.value.bytes, $0.key) < ($0.value.bytes, $1.key) }) {
                print("host \(host)", sum.files, sum.bytes, separator: "\t")
            }
            print("without a row", unnamed.files, unnamed.bytes, separator: "\t")
            print("own", own.files, own.bytes, separator: "\t")
            for name in own.unnamed { print("own unused", name, separator: "\t") }
            for name in own.missing { print("own missing", name, separator: "\t") }
            return
        }
        var report = JSONWriter()
        report.object { report in
            report.object("all") { all.write(to: &$0) }
            report.object("kinds") { list in
                for (kind, sum) in kinds.sorted(by: { $0.key < $1.key }) {
                    list.object(kind) { sum.write(to: &$0) }
                }
            }
            report.object("hosts") { list in
                for (host, sum) in hosts.sorted(by: { $0.key < $1.key }) {
                    list.object(host) { sum.write(to: &$0) }
                }
            }
            report.object("without_a_row") { unnamed.write(to: &$0) }
            report.object("own") { object in
                object.field("files", own.files)
                object.field("bytes", own.bytes)
                object.field("unused", own.unnamed)
                object.field("missing", own.missing)
            }
        }
        print(String(decoding: report.bytes, as: UTF8.self))
    }

    private static func purge(_ files: CachedFiles, _ arguments: Arguments) throws {
        let domain = try arguments["domain"].map { text in
            guard let host = WebURL.asciiHost(text) else {
                throw Failure(.badData, "«\(text)» is not a host.")
            }
            return host
        }
        let account = arguments["account"].map {
            ($0.hasPrefix("@") ? String($0.dropFirst()) : $0).lowercased()
        }
        var removed = Sum()
        try files.forEach { entry in
            let acct = entry.source?.acct?.lowercased()
            // Blocked or not, that of the file and that of its owner.
            let hosts =
                entry.hosts.map { WebURL("https://\($0)/")?.host ?? $0 }
                + (acct.flatMap { $0.split(separator: "@").last.map(String.init) }.map { [$0] } ?? [])
            let isWanted =
                arguments.has("all") || account != nil && acct == account
                || domain.map { domain in
                    hosts.contains { $0 == domain || $0.hasSuffix("." + domain) }
                } ?? false
            if isWanted, files.remove(entry) { removed.add(entry) }
        }
        print("\(removed.files) files removed, \(removed.bytes) bytes")
    }

    private struct Sum {
        var files = 0
        var bytes = 0

        mutating func add(_ entry: CachedFiles.Entry) {
            files += 1
            bytes += entry.bytes
        }

        func write(to object: inout JSONWriter) {
            object.field("files", files)
            object.field("bytes", bytes)
        }
    }
}
