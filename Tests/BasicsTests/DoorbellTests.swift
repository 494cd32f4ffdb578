import Basics
import Synchronization
import Testing

@Suite struct DoorbellTests {
    /// A clock whose alarms ring when the test says so.
    private final class HandClock: Sendable {
        private let alarms = Mutex<[Int: @Sendable () -> Void]>([:])
        private let made = Mutex(0)

        var waiting: Int { alarms.withLock { $0.count } }

        var clock: Clock {
            Clock(now: { Timestamp(milliseconds: 0) }) { _, fire in
                let number = self.made.withLock { made in
                    made += 1
                    return made
                }
                self.alarms.withLock { $0[number] = fire }
                return { self.alarms.withLock { $0[number] = nil } }
            }
        }

        func ringAll() {
            let due = alarms.withLock { alarms in
                let due = Array(alarms.values)
                alarms = [:]
                return due
            }
            for fire in due { fire() }
        }
    }

    private let hand = HandClock()
    private let bell = Doorbell()

    @Test(.timeLimit(.minutes(1)))
    func `a ring before anybody waits is remembered`() async {
        bell.ring()
        // Without the memory this would last until the time limit.
        await bell.wait(atMost: nil, clock: hand.clock)
        #expect(hand.waiting == 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `several rings count once`() async {
        for _ in 0..<3 { bell.ring() }
        await bell.wait(atMost: .seconds(1), clock: hand.clock)
        #expect(hand.waiting == 0, "an answered wait takes its alarm away")
        let ended = Mutex(false)
        let waiting = Task {
            await bell.wait(atMost: .seconds(1), clock: hand.clock)
            ended.withLock { $0 = true }
        }
        while hand.waiting == 0 { await Task.yield() }
        for _ in 0..<50 { await Task.yield() }
        #expect(!ended.withLock { $0 }, "the second and third ring are used up")
        hand.ringAll()
        await waiting.value
    }

    @Test(.timeLimit(.minutes(1)))
    func `a wait ends when its time has passed`() async {
        let waiting = Task { await bell.wait(atMost: .seconds(60), clock: hand.clock) }
        while hand.waiting == 0 { await Task.yield() }
        hand.ringAll()
        await waiting.value
        #expect(hand.waiting == 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a ring wakes the one who waits`() async {
        let waiting = Task { await bell.wait(atMost: .seconds(60), clock: hand.clock) }
        while hand.waiting == 0 { await Task.yield() }
        bell.ring()
        await waiting.value
        #expect(hand.waiting == 0, "the alarm of a wait that was answered is called off")
    }

    @Test(.timeLimit(.minutes(1)))
    func `cancelling ends a wait that would last for ever`() async {
        let waiting = Task { await bell.wait(atMost: nil, clock: hand.clock) }
        waiting.cancel()
        await waiting.value
        #expect(waiting.isCancelled)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a cancelled task does not wait at all`() async {
        let waiting = Task {
            while !Task.isCancelled { await Task.yield() }
            await bell.wait(atMost: nil, clock: hand.clock)
        }
        waiting.cancel()
        await waiting.value
        #expect(waiting.isCancelled)
    }
}
