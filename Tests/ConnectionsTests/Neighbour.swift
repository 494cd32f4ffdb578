import Basics
import Connections
import Federation
import Storage
import TestSupport

/// An islet with what belongs to its connections, working until the story ends.
struct Neighbour: Sendable {
    let pond: Pond
    let islet: Islet
    let imports: Imports
    let moving: Moving
    private let worker: ImportWorker

    init(_ pond: Pond, _ islet: Islet, limits: ImportLimits = ImportLimits()) {
        self.pond = pond
        self.islet = islet
        imports = Imports(
            store: islet.store, home: islet.identity.accountDomain, clock: islet.clock,
            worker: Worker(name: "files", threads: 1, limit: 4), limits: limits)
        moving = Moving(
            store: islet.store, resolver: islet.resolver, actors: islet.actors, outbox: islet.outbox,
            identity: islet.identity, clock: islet.clock)
        worker = ImportWorker(
            imports: imports, resolver: islet.resolver, objects: islet.objects, outbox: islet.outbox,
            identity: islet.identity, log: .silent)
    }

    func csv(_ kind: ConnectionKind) throws -> String {
        let export = Export(home: islet.identity.accountDomain, clock: islet.clock)
        return String(decoding: try islet.read { try export.csv(kind, in: $0) }, as: UTF8.self)
    }

    /// Lets the worker work on everything that waits, moving the time where nothing else happens.
    @discardableResult
    func take(
        _ kind: ConnectionKind, _ mode: Imports.Mode = .merge, _ text: String
    ) async throws -> ImportJob {
        let id = try await imports.start(kind, mode, Array(text.utf8))
        try await work { job in job.endedAt != nil }
        return try imports.find(id) ?? { throw Gone() }()
    }

    /// Works until the newest import is as it should be.
    func work(until isEnough: (ImportJob) -> Bool) async throws {
        let work = Task { await worker.run() }
        defer { work.cancel() }
        var trace = ""
        var repeats = 0
        for _ in 0..<200_000 {
            if let job = try imports.all().first, isEnough(job) {
                work.cancel()
                return await work.value
            }
            try? await islet.store.write { _ in }
            await Task.yield()
            let now = "\(try islet.store.version()) \(islet.delivery.load)"
            repeats = now == trace ? repeats + 1 : 0
            trace = now
            if repeats >= 150, let next = pond.clock.nextAlarm {
                pond.clock.move(to: next)
                repeats = 0
            }
        }
        throw Endless()
    }

    struct Gone: Error {}
    struct Endless: Error {}
}
