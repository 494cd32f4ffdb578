package import Basics
package import Federation
import Storage

/// Takes over files of connections at a polite pace: the oldest first, and while its hosts rest, those after it; of one
/// kind one after the other.
///
/// What waits stands in the database, so that a restart goes on where it was, and what is done is noted in the same
/// transaction in which it is done.
package final class ImportWorker: Sendable {
    private let bell = Doorbell()
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
        await withDiscardingTaskGroup { group in
            var runs: [ImportJobID: ImportRun] = [:]
            while !Task.isCancelled {
                var pause: Duration?
                do {
                    let wake = try await advance(&runs, in: &group)
                    pause = wake.map { max(.zero, $0 - clock.now()) }
                } catch {
                    log.error("an import cannot go on", ["error": String(describing: error)])
                    pause = limits.fullPause
                }
                await bell.wait(atMost: pause, clock: clock)
            }
            group.cancelAll()
        }
    }

    /// A file whose lines were still being stored when the server stopped is not whole.
    private func forgetUnread() async {
        // What cannot be removed now goes at the next start.
        try? await store.write { tx in
            for job in try ImportJobs.all(in: tx) where job.state == .reading {
                try ImportJobs.remove(job.id, in: tx)
            }
        }
    }

    /// Begins as many lines as may be under way, and ends the imports that are over.
    ///
    /// - Returns: when to look again although nothing happens.
    private func advance(
        _ runs: inout [ImportJobID: ImportRun], in group: inout DiscardingTaskGroup
    ) async throws -> Timestamp? {
        let jobs = try turn()
        runs = runs.filter { known in jobs.contains { $0.id == known.key } }
        var wake: Timestamp?
        for job in jobs where !Task.isCancelled {
            if job.kind == .domainBlocks {
                try await blockDomains(job)
                try await end(job)
                continue
            }
            let run =
                try runs[job.id]
                ?? ImportRun(
                    of: job, targets: targets, acts: acts, store: store, clock: clock, limits: limits,
                    log: log,
                    bell: bell)
            runs[job.id] = run
            while runs.values.reduce(0, { $0 + $1.underWay }) < limits.width, let taken = run.take() {
                group.addTask { await run.work(on: taken) }
            }
            if run.isOver {
                runs[job.id] = nil
                if try await !end(job) { wake = clock.now() + limits.fullPause }
            } else if let next = run.nextWake {
                wake = min(wake ?? next, next)
            }
        }
        return wake
    }

    /// The oldest import of each kind, those that ask nobody first.
    private func turn() throws -> [ImportJob] {
        var kinds: Set<ConnectionKind> = []
        let jobs = try store.read { try ImportJobs.running(in: $0) }.filter { kinds.insert($0.kind).inserted }
        let isQuick: (ImportJob) -> Bool = { $0.kind == .domainBlocks || $0.kind == .filters }
        return jobs.filter(isQuick) + jobs.filter { !isQuick($0) }
    }

    /// - Returns: `false` when lines wait still, because what became of them could not be noted.
    @discardableResult
    private func end(_ job: ImportJob) async throws -> Bool {
        let (isRunning, isLeft) = try store.read { snapshot in
            (
                try ImportJobs.isRunning(job.id, in: snapshot),
                try !ImportLines.waiting(of: job.id, in: snapshot).isEmpty
            )
        }
        guard isRunning, !Task.isCancelled else { return true }
        guard !isLeft else { return false }
        if job.replaces { try await undoing.run(job) }
        let now = clock.now()
        let ended = try await store.write { tx in
            try ImportJobs.end(job.id, as: .done, at: now, in: tx)
                ? ImportJobs.find(job.id, in: tx) : nil
        }
        guard let ended else { return true }
        log.notice(
            "an import is done",
            ["kind": job.kind.name, "lines": ended.lines, "failed": ended.failed, "undone": ended.undone])
        return true
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
