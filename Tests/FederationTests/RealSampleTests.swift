import ActivityPub
import Crypto
import Federation
import Foundation
import HTTP
import JSON
import TestSupport
import Testing

/// Documents of real servers, kept outside of the repository: in the folder that `ISLET_SHARED` names, or in
/// `shared` beside the repository.
struct RealSampleTests {
    private static let folder: URL = {
        if let shared = ProcessInfo.processInfo.environment["ISLET_SHARED"] {
            return URL(fileURLWithPath: shared).appending(path: "data/samples")
        }
        return URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/data/samples")
    }()

    private static let areThere = FileManager.default.fileExists(atPath: folder.path())

    private func samples() throws -> [(name: String, body: [UInt8])] {
        let names = FileManager.default.enumerator(atPath: Self.folder.path())?.allObjects as? [String] ?? []
        return try names.filter { $0.hasSuffix(".json") }.sorted().map { name in
            (name, [UInt8](try Data(contentsOf: Self.folder.appending(path: name))))
        }
    }

    @Test(.enabled(if: areThere)) func `every real activity is answered, none traps`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            var fed = 0
            for (name, body) in try samples() {
                guard let document = try? Document(body).root, let activity = Activity(document),
                    let url = WebURL(activity.actor)
                else { continue }
                let path = url.path
                let host = pond.stranger(url.authority)
                host.serve(
                    url.requestTarget,
                    """
                    {"id":\(WrittenJSON.quoted(activity.actor)),"type":"Person","preferredUsername":"somebody",
                     "inbox":"\(url.origin)\(path)/inbox","publicKey":{"id":\(WrittenJSON.quoted(activity.actor + "#main-key")),
                     "owner":\(WrittenJSON.quoted(activity.actor)),"publicKeyPem":\(WrittenJSON.quoted(TestKeys.common.publicPEM))}}
                    """)
                let actor = host.resident("unused")
                let status = try await islet.receive(body, from: actor) {
                    $0.keyID = activity.actor + "#main-key"
                }
                let isAnswered = (200..<300).contains(status.code) || (400..<500).contains(status.code)
                #expect(isAnswered, "\(name): \(status.code)")
                fed += 1
            }
            // Enough of the samples are activities for this to mean something.
            #expect(fed > 50, "only \(fed)")
            try await pond.settle()
        }
    }
}
