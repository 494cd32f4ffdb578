import Basics
import Synchronization
import Testing

@testable import Net

/// What closures note for the test that made them.
private final class Notes<Note: Sendable>: Sendable {
    private let notes = Mutex<[Note]>([])

    var all: [Note] { notes.withLock { $0 } }

    func add(_ note: Note) { notes.withLock { $0.append(note) } }
}

extension Sockets {
    @Suite struct ReactorTests {
        @Test func `an alarm may set another one when it rings`() async {
            _ = Sockets.loop
            await withCheckedContinuation { continuation in
                Reactor.spawn {
                    let second = Alarm(at: .now()) { continuation.resume() }
                    let first = Alarm(at: .now()) {
                        Loop.assumeIsolated { Reactor.shared.timers.set(second, at: .now()) }
                    }
                    Reactor.shared.timers.set(first, at: .now())
                }
            }
        }

        @Test func `tasks of the loop run on its thread and in the order they were spawned`() async {
            _ = Sockets.loop
            let order = Notes<Int>()
            await withCheckedContinuation { continuation in
                for number in 0..<100 {
                    Reactor.spawn {
                        Reactor.shared.checkIsolated()
                        order.add(number)
                        if number == 99 { continuation.resume() }
                    }
                }
            }
            #expect(order.all == Array(0..<100))
        }

        @Test func `what is awaited elsewhere comes back to the loop`() async {
            _ = Sockets.loop
            await withCheckedContinuation { continuation in
                Reactor.spawn {
                    let worker = Worker(name: "test", threads: 1, limit: 1)
                    let sum = try? await worker.run { 20 + 22 }
                    Reactor.shared.checkIsolated()
                    #expect(sum == 42)
                    continuation.resume()
                }
            }
        }

        @Test func `the loop's clock rings, unless it was called off`() async {
            _ = Sockets.loop
            let called = Notes<String>()
            await withCheckedContinuation { continuation in
                let cancel = Clock.loop.after(.milliseconds(1)) { called.add("off") }
                cancel()
                _ = Clock.loop.after(.milliseconds(20)) {
                    called.add("on")
                    continuation.resume()
                }
            }
            #expect(called.all == ["on"])
        }
    }
}
