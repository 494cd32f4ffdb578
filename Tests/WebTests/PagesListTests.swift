import Foundation
import HTTP
import Testing

@testable import Web

/// `Tests/Browser/pages.txt`: what a browser opens to judge all pages.
struct PagesListTests {
    @Test func `every page is on the list of those that a browser judges`() async throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Browser/pages.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let listed = Set(
            lines.filter { $0.hasPrefix("/") }.compactMap { $0.split(separator: " ").first.map(String.init) })
        let site = try await Site()
        let served = Set(site.pages.routes.filter { $0.method == .get }.map(\.pattern))
        #expect(served.subtracting(listed).sorted() == [], "add them to Tests/Browser/pages.txt")
        #expect(listed.subtracting(served).sorted() == [], "they are no routes any more")
    }
}
