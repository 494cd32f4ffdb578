import Foundation
import Markup
import Testing

/// Real documents of other servers, which are shared between projects and not part of this one.
private enum Samples {
    /// `$ISLET_SHARED`, or `shared` beside the package.
    static let folder: URL = {
        let shared =
            ProcessInfo.processInfo.environment["ISLET_SHARED"].map { URL(fileURLWithPath: $0) }
            ?? URL(fileURLWithPath: #filePath).appending(path: "../../../../shared").standardizedFileURL
        return shared.appending(path: "data/samples")
    }()

    static let areThere = FileManager.default.fileExists(atPath: folder.path)

    /// All HTML in all samples.
    static func html() throws -> [String] {
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            return []
        }
        var found: [String] = []
        for case let file as URL in files where file.pathExtension == "json" {
            // A few samples are broken on purpose.
            guard let json = try? JSONSerialization.jsonObject(with: Data(contentsOf: file)) else { continue }
            collect(json, into: &found)
        }
        return found
    }

    private static func collect(_ json: Any, into found: inout [String]) {
        if let array = json as? [Any] {
            for element in array { collect(element, into: &found) }
        } else if let object = json as? [String: Any] {
            for (key, value) in object {
                if let text = value as? String, ["content", "summary", "value"].contains(key) {
                    found.append(text)
                }
                collect(value, into: &found)
            }
        }
    }
}

@Suite(.enabled(if: Samples.areThere, "the shared samples are not there: set ISLET_SHARED"))
struct SanitizerSamplesTests {
    @Test func `real posts come out with nothing but what is allowed`() throws {
        let samples = try Samples.html()
        #expect(samples.count > 50)
        for sample in samples {
            let html = Sanitizer.sanitize(sample).text
            #expect(OutputChecker.problem(in: html) == nil, "\(sample)")
            #expect(Sanitizer.sanitize(html).text == html, "\(sample)")
        }
    }

    @Test func `the text of real posts survives`() throws {
        for sample in try Samples.html() where !sample.contains("<img") {
            let before = PlainText.inline(sample).filter { !$0.isWhitespace }
            let after = PlainText.inline(Sanitizer.sanitize(sample).text).filter { !$0.isWhitespace }
            #expect(before == after)
        }
    }
}
