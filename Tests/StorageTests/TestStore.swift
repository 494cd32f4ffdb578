import Basics
import Foundation
import Storage

/// A store in a folder of its own, which is removed with it.
final class TestStore: Sendable {
    let path: String
    let store: Store
    /// 2026-01-01T00:00:00Z.
    static let now = Timestamp(milliseconds: 1_767_225_600_000)

    init(limits: Store.Limits = Store.Limits(gathering: .zero)) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "islet.db").path()
        store = try Store(path: path, limits: limits)
    }

    deinit {
        // What cannot be removed is left to the system.
        try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try await store.write(body)
    }

    func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result { try store.read(body) }
}

extension Actor {
    /// Somebody with inboxes of their own server.
    static func make(_ name: String, host: String = "lake.example", shared: Bool = true) -> Actor {
        var actor = Actor(
            uri: "https://\(host)/users/\(name)", username: name, domain: host, createdAt: TestStore.now)
        actor.inbox = "https://\(host)/users/\(name)/inbox"
        actor.sharedInbox = shared ? "https://\(host)/inbox" : nil
        return actor
    }
}

extension Status {
    static func make(
        _ name: String, by actor: ActorID, at moment: Timestamp = TestStore.now,
        _ visibility: Visibility = .public
    ) -> Status {
        Status(
            uri: "https://lake.example/notes/\(name)", actor: actor, createdAt: moment, visibility: visibility
        )
    }
}
