import Basics
import Federation
import Storage
import Synchronization

/// One go through the lines of an import that wait, many hosts at a time.
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

    /// - Parameter bell: rings when a line is over, and when an import was cancelled.
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

    /// Returns when no line waits any more, the import was cancelled, or the task is.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled, !queue.withLock({ $0.isOver }), isRunning() {
                while let taken = queue.withLock({ $0.take(at: clock.now()) }) {
                    group.addTask {
                        await self.work(on: taken)
                        self.bell.ring()
                    }
                }
                let (wake, isOver) = queue.withLock { ($0.nextWake, $0.isOver) }
                if isOver { break }
                await bell.wait(atMost: wake.map { max(.zero, $0 - clock.now()) }, clock: clock)
            }
            group.cancelAll()
        }
    }

    private func isRunning() -> Bool {
        // A database that cannot be read makes the lines wait as well.
        (try? store.read { try ImportJobs.isRunning(job.id, in: $0) }) ?? true
    }

    private func work(on taken: ImportQueue.Taken) async {
        do {
            try await carryOut(taken.line)
            queue.withLock { $0.settle(taken) }
        } catch ImportFault.unanswered(let reason) {
            // Who was asked when this server stopped did not fail.
            guard !Task.isCancelled else { return postpone(taken) }
            let (lost, host) = queue.withLock {
                ($0.unanswered(taken, at: clock.now()), $0.host(of: taken))
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
                let row = try acts.apply(entry, to: target, in: tx)
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
