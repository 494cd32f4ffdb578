import Foundation
import Testing

/// Every known trap of apps has a test that bears its name, `trap 7: …` or `trap login: …`, or a line in
/// ARCHITECTURE.md that says why it cannot occur.
@Suite struct TrapsTests {
    /// Areas of the list of traps, and how many each holds beside the twenty that bite most.
    private static let areas = [
        ("login", 10), ("instance", 7), ("requests", 12), ("posting", 4), ("timelines", 7),
        ("notifications", 5), ("markers", 1), ("filters", 3), ("media", 5), ("streaming", 5), ("search", 3),
        ("html", 3), ("identity", 2), ("feature sniffing", 3), ("pi-specific", 6),
    ]

    /// The names of traps in the tests and in ARCHITECTURE.md, each with its sentences.
    private static let named: [String: Set<String>] = {
        var named: [String: Set<String>] = [:]
        let name = /[Tt]rap ([A-Za-z0-9][A-Za-z0-9 -]*): ([^`"\n]+)/
        for text in texts {
            for match in text.matches(of: name) {
                // A test may cover two: `trap 5 and 6: …`.
                for trap in match.1.lowercased().split(separator: " and ") {
                    named[String(trap), default: []].insert(String(match.2))
                }
            }
        }
        return named
    }()

    private static var texts: [String] {
        let tests = SourceFile.root.appending(path: "Tests")
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: tests.path())) ?? []
        let files = paths.filter { path in
            (path.hasSuffix(".swift") || path.hasSuffix(".py")) && !path.hasPrefix("ArchitectureTests/")
        }.map { tests.appending(path: $0) }
        // A file that vanishes while it is read is an editor's.
        return (files + [SourceFile.root.appending(path: "ARCHITECTURE.md")]).compactMap {
            try? String(contentsOf: $0, encoding: .utf8)
        }
    }

    @Test(arguments: 1...20)
    func `each of the twenty worst traps is named`(number: Int) {
        #expect(Self.named["\(number)"] != nil, "trap \(number)")
    }

    @Test(arguments: areas)
    func `each area has as many named as the list holds`(area: String, count: Int) {
        let found = Self.named[area] ?? []
        #expect(found.count >= count, "trap \(area): \(found.sorted())")
    }

    @Test func `no trap is named that the list does not know`() {
        let known = Set(Self.areas.map(\.0)).union((1...20).map(String.init))
        #expect(Set(Self.named.keys).subtracting(known) == [])
    }

    @Test func `the list has these areas`() throws {
        let shared = ProcessInfo.processInfo.environment["ISLET_SHARED"] ?? "../shared"
        let list = SourceFile.root.appending(path: "\(shared)/specs/api-traps.md").standardized
        // Without the shared folder the table above is all there is.
        guard let text = try? String(contentsOf: list, encoding: .utf8) else { return }
        let areas = text.matches(of: /\n\*\*([A-Z][A-Za-z -]*)\.\*\*/).map { $0.1.lowercased() }
        #expect(areas == Self.areas.map(\.0))
        #expect(text.matches(of: /\n\d+\. \*\*/).count == 20)
    }
}
