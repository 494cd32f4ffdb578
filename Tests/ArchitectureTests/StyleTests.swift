import Foundation
import Testing

/// What the style guide in CONTRIBUTING.md asks and a machine can see.
@Suite struct StyleTests {
    private let sources = SourceFile.all

    @Test func `no error is forced away`() {
        for file in sources { #expect(!file.says("try!"), "\(file.name)") }
    }

    @Test func `nothing is left for later`() {
        for file in sources {
            let text = file.lines.joined(separator: "\n")
            for word in ["TODO", "FIXME", "HACK"] { #expect(text.range(of: word) == nil, "\(file.name)") }
        }
    }

    @Test func `no file is longer than a reader's patience`() {
        for file in sources { #expect(file.lines.count <= 350, "\(file.name)") }
    }

    @Test func `names say a thing`() {
        for file in sources {
            let name = file.name.split(separator: "/").last.map(String.init) ?? ""
            for word in ["Util", "Helper", "Manager", "Service", "Common"] {
                #expect(!name.contains(word), "\(file.name)")
            }
        }
    }

    @Test func `identifiers are of letters that every keyboard has`() {
        for file in sources where !file.code.utf8.allSatisfy({ $0 < 0x80 }) {
            for line in file.code.split(separator: "\n") where !line.utf8.allSatisfy({ $0 < 0x80 }) {
                let outside = line.unicodeScalars.filter { !$0.isASCII && $0.properties.isAlphabetic }
                // Text between quotes may be in any language.
                #expect(outside.isEmpty || line.contains("\""), "\(file.name): \(line)")
            }
        }
    }

    @Test func `what is not checked is explained`() {
        for file in sources {
            for (index, line) in file.lines.enumerated()
            where line.range(of: "@unchecked Sendable") != nil || line.range(of: "nonisolated(unsafe)") != nil
            {
                let before = file.lines[max(0, index - 12)...index].joined(separator: "\n")
                #expect(before.contains("//"), "\(file.name):\(index + 1)")
            }
        }
    }
}
