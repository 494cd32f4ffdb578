import Crypto
import Foundation
import TestSupport

/// Documents of real servers, kept outside of the repository: in the folder that `ISLET_SHARED` names, or in
/// `shared` beside the repository.
enum SampleFolder {
    static let folder: URL = {
        if let shared = ProcessInfo.processInfo.environment["ISLET_SHARED"] {
            return URL(fileURLWithPath: shared).appending(path: "data/samples")
        }
        let beside = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        return (0..<5).reduce(beside) { url, _ in url.deletingLastPathComponent() }
            .appending(path: "shared/data/samples")
    }()

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path()) }

    /// Every sample, by path.
    static let all: [String] = {
        let found = FileManager.default.enumerator(atPath: folder.path())?.allObjects as? [String] ?? []
        return found.filter { $0.hasSuffix(".json") }.sorted()
    }()

    /// Hosts of samples that speak plain http, which nobody on the pond does.
    private static let plain = [
        "mastodon.example.org", "localtesting.pleroma.lol", "enterprise.lemmy.ml", "ds9.lemmy.ml",
        "voyager.lemmy.ml", "remote.example", "remote.org", "misskey.local.live", "localhost:4001",
        "example.org",
        "somewhere", "lemmy-alpha",
    ]

    /// A sample as it is fed: with the blanks filled in, with https everywhere, and with a key that tests can use.
    static func text(_ file: String) throws -> String {
        var text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        for (blank, filling) in [
            ("{{nickname}}", "nick"), ("{{domain}}", "sample.example"), ("{{DOMAIN}}", "sample.example"),
            ("{{subdomain}}", "social.sample.example"), ("{{object_id}}", "77"), ("{{status_id}}", "78"),
            ("lemmy-alpha:8541", "lemmy-alpha.example"), ("lemmy-alpha/", "lemmy-alpha.example/"),
        ] { text = text.replacing(blank, with: filling) }
        for host in plain { text = text.replacing("http://\(host)", with: "https://\(host)") }
        return text.replacing(/"publicKeyPem"\s*:\s*"[^"]*"/) { _ in
            "\"publicKeyPem\":\(WrittenJSON.quoted(TestKeys.common.publicPEM))"
        }
    }
}
