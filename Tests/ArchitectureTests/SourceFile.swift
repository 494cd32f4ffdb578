import Foundation

/// A file of `Sources`, as the tests of the house's shape read it.
struct SourceFile {
    /// Beginning with the target, as in `HTTP/Limits.swift`.
    let name: String
    let lines: [Substring]
    /// Lines without those that are nothing but a comment.
    let code: String
    /// The modules it imports.
    let imports: Set<String>

    /// The folder of the repository.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let targets: [String] = {
        let folder = root.appending(path: "Sources").path()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }
    }()

    static let all: [SourceFile] = targets.flatMap { target -> [SourceFile] in
        let folder = root.appending(path: "Sources/\(target)").path()
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path -> SourceFile? in
            // A file that vanishes while it is read is an editor's.
            guard let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) else {
                return nil
            }
            return SourceFile(name: "\(target)/\(path)", text: text)
        }
    }

    private init(name: String, text: String) {
        self.name = name
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let code = lines.filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }
        self.code = code.joined(separator: "\n")
        imports = Set(code.compactMap(SourceFile.imported))
    }

    /// The module that the line imports; nil for a text that only has the word in it.
    private static func imported(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"),
            words[..<keyword].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") })
        else { return nil }
        let named = words[(keyword + 1)...]
        guard named.count == 1 || named.count == 2 && kinds.contains(named[keyword + 1]) else { return nil }
        return named.last?.prefix { $0 != "." }.description
    }

    private static let modifiers: Set<Substring> = [
        "package", "public", "internal", "fileprivate", "private",
    ]
    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]

    var target: String { String(name.prefix { $0 != "/" }) }

    /// Whether the code, comments left out, has this text.
    func says(_ text: String) -> Bool { code.range(of: text) != nil }
}

/// What `Package.swift` declares.
enum Manifest {
    /// The modules of ours that each target names, by target.
    static func dependencies() throws -> [String: Set<String>] {
        let text = try String(contentsOf: SourceFile.root.appending(path: "Package.swift"), encoding: .utf8)
        var found: [String: Set<String>] = [:]
        for match in text.matches(of: /floor\(\s*"(\w+)"(?:,\s*on: ([^)]*))?\)/) {
            found[String(match.output.1)] = names(match.output.2 ?? "")
        }
        if let program = text.firstMatch(
            of: /executableTarget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/)
        {
            found[String(program.output.1)] = names(program.output.2)
        }
        return found
    }

    private static func names(_ list: Substring) -> Set<String> {
        Set(list.matches(of: /"(\w+)"/).map { String($0.output.1) })
    }
}
