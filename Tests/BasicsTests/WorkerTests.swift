import Basics
import Foundation
import Synchronization
import Testing

@Suite struct WorkerTests {
    /// Holds the jobs of a worker until it is opened.
    private final class Gate: Sendable {
        private let entered = DispatchSemaphore(value: 0)
        private let opened = DispatchSemaphore(value: 0)

        func pass() {
            entered.signal()
            opened.wait()
        }

        func awaitEntries(_ count: Int) {
            for _ in 0..<count { entered.wait() }
        }

        func open(_ count: Int) {
            for _ in 0..<count { opened.signal() }
        }
    }

    /// What several jobs note together.
    private final class Notes: Sendable {
        private let state = Mutex((running: 0, most: 0, refusals: [String]()))

        var running: Int { state.withLock { $0.running } }
        var most: Int { state.withLock { $0.most } }
        var refusals: [String] { state.withLock { $0.refusals } }

        func begin() {
            state.withLock { state in
                state.running += 1
                state.most = max(state.most, state.running)
            }
        }

        func end() {
            state.withLock { $0.running -= 1 }
        }

        func refuse(_ name: String) {
            state.withLock { $0.refusals.append(name) }
        }
    }

    @Test func `a job's result comes back`() async throws {
        let worker = Worker(name: "test", threads: 1, limit: 1)
        let result = try await worker.run { 6 * 7 }
        #expect(result == 42)
    }

    @Test func `jobs run off the caller's thread`() async throws {
        let worker = Worker(name: "test", threads: 1, limit: 1)
        let isMain = try await worker.run { Thread.isMainThread }
        #expect(!isMain)
    }

    @Test(.timeLimit(.minutes(1)))
    func `as many jobs run at once as there are threads, and the rest wait in line`() async throws {
        let worker = Worker(name: "test", threads: 2, limit: 16)
        let gate = Gate()
        let notes = Notes()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await worker.run {
                        notes.begin()
                        gate.pass()
                        notes.end()
                    }
                }
            }
            await Task.detached { gate.awaitEntries(2) }.value
            #expect(notes.running == 2)
            gate.open(8)
            try await group.waitForAll()
        }
        #expect(notes.most == 2)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a full queue refuses at once, with the worker's name, and takes work again later`() async throws {
        let worker = Worker(name: "signing", threads: 1, limit: 2)
        let gate = Gate()
        let first = Task { try await worker.run { gate.pass() } }
        await Task.detached { gate.awaitEntries(1) }.value
        let notes = Notes()
        let others = (0..<5).map { _ in
            Task {
                do throws(WorkerOverloaded) {
                    try await worker.run { gate.pass() }
                } catch {
                    notes.refuse(error.worker)
                }
            }
        }
        while notes.refusals.count < 3 { await Task.yield() }
        #expect(notes.refusals == ["signing", "signing", "signing"])
        gate.open(3)
        try await first.value
        for other in others { await other.value }
        let isServing = try await worker.run { true }
        #expect(isServing)
    }
}
