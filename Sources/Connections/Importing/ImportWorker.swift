package import Basics
package import Federation
import Storage

/// Takes over files of connections, one after the other, at a polite pace.
///
/// What waits stands in the database, so that a restart goes on where it was, and what is done is noted in the same
/// transaction in which it is done.
package final class ImportWorker: Sendable {
    private let bell = Doorbell()
    /// Before anybody could bring a file to this process.
    private let began: Timestamp
    private let store: Store
    private let clock: Clock
    private let log: Log
    private let limits: ImportLimits
    private let targets: ImportTargets
    private let acts: ImportActs
    private let undoing: ImportUndoing

    package init(
        imports: Imports, resolver: Resolver, objects: ObjectResolver, outbox: Outbox, identity: Identity,
        log: Log
    ) {
        store = imports.store
        clock = imports.clock
        began = clock.now()
        limits = imports.limits
        self.log = log
        targets = ImportTargets(
            resolver: resolver, objects: objects, identity: identity,
            pace: HostPace(perSecond: limits.questionsPerSecond, clock: clock))
        acts = ImportActs(outbox: outbox, identity: identity, clock: clock, limits: limits)
        undoing = ImportUndoing(
            store: store, outbox: outbox, limits: limits, home: identity.accountDomain)
        store.changes.listen { [bell] news in
            if news.contains(.imports) { bell.ring() }
        }
    }

    /// Works until cancelled.
    package func run() async {
        await forgetUnread()
        while !Task.isCancelled {
            var pause: Duration?
            do {
                if let job = try store.read({ try ImportJobs.next(in: $0) }) {
                    try await work(on: job)
                    continue
                }
            } catch {
                log.error("an import cannot go on", ["error": String(describing: error)])
                pause = limits.fullPause
            }
            await bell.wait(atMost: pause, clock: clock)
        }
    }

    /// A file whose lines were still being stored when the server stopped is not whole.
    private func forgetUnread() async {
        // What cannot be removed now goes at the next start.
        try? await store.write { [began] tx in
            for job in try ImportJobs.all(in: tx) where job.state == .reading && job.startedAt < began {
                try ImportJobs.remove(job.id, in: tx)
            }
        }
    }

    private func work(on job: ImportJob) async throws {
        if job.kind == .domainBlocks {
            try await blockDomains(job)
        } else {
            let run = try ImportRun(
                of: job, targets: targets, acts: acts, store: store, clock: clock, limits: limits, log: log,
                bell: bell)
            await run.run()
        }
        let isLeft = try store.read { snapshot in
            try ImportJobs.isRunning(job.id, in: snapshot)
                && ImportLines.waiting(of: job.id, in: snapshot).isEmpty
        }
        guard isLeft, !Task.isCancelled else { return }
        if job.replaces { try await undoing.run(job) }
        let now = clock.now()
        let ended = try await store.write { tx in
            try ImportJobs.end(job.id, as: .done, at: now, in: tx)
                ? ImportJobs.find(job.id, in: tx) : nil
        }
        guard let ended else { return }
        log.notice(
            "an import is done",
            ["kind": job.kind.name, "lines": ended.lines, "failed": ended.failed, "undone": ended.undone])
    }

    /// Many at a time, because each look through all people whom a block may concern costs the same for many.
    private func blockDomains(_ job: ImportJob) async throws {
        let waiting = try store.read { try ImportLines.waiting(of: job.id, in: $0).map(\.line) }
        var rest = waiting[...]
        while !rest.isEmpty, !Task.isCancelled {
            let batch = Array(rest.prefix(limits.batch))
            rest = rest.dropFirst(batch.count)
            let goesOn = try await store.write { [acts] tx in
                guard try ImportJobs.isRunning(job.id, in: tx) else { return false }
                try acts.blockDomains(batch, of: job.id, in: tx)
                return true
            }
            guard goesOn else { return }
        }
    }
}
