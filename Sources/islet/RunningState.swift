import Synchronization

/// The report of the running server, for pages that are made before the server that it tells of.
final class RunningState: Sendable {
    private let source = Mutex<(@Sendable () async throws -> [UInt8])?>(nil)

    /// What `islet status --json` says; an empty report until there is one.
    func report() async throws -> [UInt8] {
        try await source.withLock { $0 }?() ?? Array("{}".utf8)
    }

    func open(_ report: @escaping @Sendable () async throws -> [UInt8]) {
        source.withLock { $0 = report }
    }
}
