import Basics
import Federation
import Storage
import Synchronization

/// The lines of an import that wait, many hosts at a time.
final class ImportRun: Sendable {
    private let queue: Mutex<ImportQueue>
    private let job: ImportJob
    private let targets: ImportTargets
    private let acts: ImportActs
    private let store: Store
    private let clock: Clock
    private let limits: ImportLimits
    private let log: Log
    private let bell: Doorbell

    /// - Parameter bell: rung when a line is over.
    init(
        of job: ImportJob, targets: ImportTargets, acts: ImportActs, store: Store, clock: Clock,
        limits: ImportLimits, log: Log, bell: Doorbell
    ) throws {
        let waiting = try store.read { try ImportLines.waiting(of: job.id, in: $0) }
        queue = Mutex(ImportQueue(waiting, limits: limits))
        self.job = job
        self.targets = targets
        self.acts = acts
        self.store = store
        self.clock = clock
        self.limits = limits
        self.log = log
        self.bell = bell
    }

    /// Whether no line waits any more.
    var isOver: Bool { queue.withLock(\.isOver) }
    /// When the first host that rests may be asked again.
    var nextWake: Timestamp? { queue.withLock(\.nextWake) }
    var underWay: Int { queue.withLock(\.underWay) }

    /// A line that may begin now; nil when none may. It must be worked on.
    func take() -> ImportQueue.Taken? {
        queue.withLock { $0.take(at: clock.now()) }
    }

    func work(on taken: ImportQueue.Taken) async {
        defer { bell.ring() }
        do {
            try await carryOut(taken.line)
            queue.withLock { $0.settle(taken) }
        } catch ImportFault.unanswered(let reason) {
            // Who was asked when this server stopped did not fail.
            guard !Task.isCancelled else { return postpone(taken) }
            let host = queue.withLock { $0.host(of: taken) }
            let (answered, wish) = (targets.lastAnswer, targets.restsUntil(host))
            let lost = queue.withLock {
                $0.unanswered(taken, at: clock.now(), answered: answered, wish: wish)
            }
            guard !lost.isEmpty else { return }
            if lost.count > 1 { log.info("a host is left out of an import", ["host": host]) }
            await fail(lost, because: reason)
        } catch {
            log.warning("an import has to wait", ["error": String(describing: error)])
            postpone(taken)
        }
    }

    private func postpone(_ taken: ImportQueue.Taken) {
        let later = clock.now() + limits.fullPause
        queue.withLock { $0.postpone(taken, until: later) }
    }

    /// - Throws: `ImportFault.unanswered`, or what the store throws.
    private func carryOut(_ line: Int) async throws {
        guard let text = try store.read({ try ImportLines.entry(line, of: job.id, in: $0) }) else { return }
        do {
            guard let entry = ImportEntry(stored: text, job.kind, limits: limits) else {
                throw ImportFault.nowhere("The line cannot be read any more.")
            }
            let target = try await targets.find(entry)
            try await store.write { [job, acts] tx in
                guard try ImportJobs.isRunning(job.id, in: tx) else { return }
                let row = try acts.apply(entry, to: target, replaces: job.replaces, in: tx)
                try ImportLines.settle(line, of: job.id, target: row, in: tx)
            }
        } catch ImportFault.nowhere(let reason) {
            try await store.write { [job] tx in
                try ImportLines.fail(line, of: job.id, because: reason, in: tx)
            }
        }
    }

    private func fail(_ lines: [Int], because reason: String) async {
        do {
            try await store.write { [job] tx in
                for line in lines { try ImportLines.fail(line, of: job.id, because: reason, in: tx) }
            }
        } catch {
            // They wait in the database, and are tried again after the next start.
            log.warning("failed lines could not be noted", ["error": String(describing: error)])
        }
    }
}
