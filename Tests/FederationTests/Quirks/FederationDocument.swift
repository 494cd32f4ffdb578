import Foundation

/// `FEDERATION.md`, and the tests that it names.
struct FederationDocument {
    /// A test as the document names it: `Suite: sentence`, between backticks.
    struct Named: Hashable, CustomStringConvertible {
        let suite: String
        let sentence: String

        var description: String { "\(suite): \(sentence)" }
    }

    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let text: String

    init() throws {
        text = try String(
            contentsOf: FederationDocument.root.appending(path: "FEDERATION.md"), encoding: .utf8)
    }

    /// The rows of the table below this heading, without those that name the columns.
    func table(_ heading: String) -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(of: "## \(heading)") else { return [] }
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
        return section.filter { $0.hasPrefix("| ") }.dropFirst(2).map { line in
            line.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false).map(
                String.init)
        }
    }

    static func tests(in text: String) -> [Named] {
        text.replacing("\n", with: " ").matches(of: /`(\w+): ([^`]+)`/).map {
            Named(suite: String($0.output.1), sentence: String($0.output.2))
        }
    }

    /// All tests in the sources.
    static func allTests() throws -> Set<Named> {
        let folder = root.appending(path: "Tests").path()
        var found: Set<Named> = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.hasSuffix(".swift")
        {
            // A file that vanishes while it is read is an editor's.
            guard let source = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) else {
                continue
            }
            var suite = ""
            for line in source.split(separator: "\n") {
                if !line.hasPrefix(" "), let name = suiteName(line) { suite = name }
                let parts = line.split(separator: "`", omittingEmptySubsequences: false)
                if parts.count >= 3, parts[0].hasSuffix("func ") {
                    found.insert(Named(suite: suite, sentence: String(parts[1])))
                }
            }
        }
        return found
    }

    /// The name of the type that this line begins.
    private static func suiteName(_ line: Substring) -> String? {
        let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" })
        guard let keyword = words.firstIndex(where: { ["struct", "class", "enum", "actor"].contains($0) }),
            keyword + 1 < words.count
        else { return nil }
        return String(words[keyword + 1])
    }
}
