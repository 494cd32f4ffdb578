import Foundation
import JSON

/// Documents of real servers, kept outside of the repository: in the folder that `ISLET_SHARED` names, or in
/// `shared` beside the repository.
enum Samples {
    static let folder: URL = {
        if let shared = ProcessInfo.processInfo.environment["ISLET_SHARED"] {
            return URL(fileURLWithPath: shared).appending(path: "data/samples")
        }
        return URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/data/samples")
    }()

    static var areThere: Bool { FileManager.default.fileExists(atPath: folder.path()) }

    /// Every sample but the JSON-LD contexts, by path.
    static let all: [String] = {
        let found = FileManager.default.enumerator(atPath: folder.path())?.allObjects as? [String] ?? []
        return found.filter { $0.hasSuffix(".json") && !$0.hasPrefix("jsonld") }.sorted()
    }()

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: path)))
    }

    static func value(_ path: String) throws -> JSONValue {
        try Document(bytes(path)).root
    }
}

/// A document as a test writes it down.
func json(_ text: String) throws -> JSONValue {
    try Document(Array(text.utf8)).root
}

/// Written JSON as text, for comparing it whole.
func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
}
