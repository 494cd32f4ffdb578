import Basics
import Testing

@testable import Connections

@Suite struct ImportQueueTests {
    private let start = Timestamp(milliseconds: 1_000_000)
    private var limits: ImportLimits {
        var limits = ImportLimits()
        limits.width = 4
        limits.perHost = 2
        limits.pauses = [.seconds(10), .seconds(60)]
        return limits
    }

    private func takeAll(_ queue: inout ImportQueue, at now: Timestamp) -> [ImportQueue.Taken] {
        var taken: [ImportQueue.Taken] = []
        while let next = queue.take(at: now) { taken.append(next) }
        return taken
    }

    @Test func `many hosts begin, each with one line until it answers`() {
        var queue = ImportQueue(
            [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "c"), (6, "d"), (7, "e")], limits: limits)
        let first = takeAll(&queue, at: start)
        #expect(first.map(\.line).sorted() == [1, 4, 5, 6])
        queue.settle(first[0])
        // The host that waits has its turn, and the width is kept.
        #expect(takeAll(&queue, at: start).map(\.line).count == 1)
        #expect(queue.underWay == 4)
    }

    @Test func `a host that has answered has its share at a time`() {
        var queue = ImportQueue([(1, "a"), (2, "a"), (3, "a"), (4, "a")], limits: limits)
        let first = takeAll(&queue, at: start)
        #expect(first.map(\.line) == [1])
        queue.settle(first[0])
        #expect(takeAll(&queue, at: start).map(\.line) == [2, 3])
    }

    @Test func `what needs no host is bounded by the width alone`() {
        var queue = ImportQueue((1...9).map { ($0, "") }, limits: limits)
        #expect(takeAll(&queue, at: start).map(\.line) == [1, 2, 3, 4])
    }

    @Test func `a host that does not answer rests, and is given up with all its lines`() throws {
        var queue = ImportQueue([(1, "dead"), (2, "dead"), (3, "dead"), (4, "good")], limits: limits)
        var now = start
        for pause in [Duration.seconds(10), .seconds(60)] {
            let taken = takeAll(&queue, at: now)
            let dead = try #require(taken.first { queue.host(of: $0) == "dead" })
            #expect(queue.unanswered(dead, at: now, answered: now).isEmpty)
            for good in taken where queue.host(of: good) == "good" { queue.settle(good) }
            #expect(takeAll(&queue, at: now).isEmpty)
            #expect(queue.nextWake == now + pause)
            #expect(!queue.isOver)
            now = now + pause
        }
        let nextlast = queue.take(at: now)
        let last = try #require(nextlast)
        #expect(queue.unanswered(last, at: now, answered: now).sorted() == [1, 2, 3])
        #expect(queue.isOver)
    }

    @Test func `a line that never works does not take the others along`() throws {
        var queue = ImportQueue([(1, "a"), (2, "a"), (3, "a"), (4, "a"), (5, "a")], limits: limits)
        var now = start
        var lost: [Int] = []
        var done: [Int] = []
        for _ in 0..<40 where !queue.isOver {
            guard let taken = queue.take(at: now) else {
                let wake = queue.nextWake
                now = try #require(wake)
                continue
            }
            if taken.line == 1 {
                lost += queue.unanswered(taken, at: now, answered: now)
            } else {
                queue.settle(taken)
                done.append(taken.line)
            }
        }
        #expect(queue.isOver)
        #expect(lost == [1])
        #expect(done.sorted() == [2, 3, 4, 5])
    }

    @Test func `what is nobody's fault begins again later`() throws {
        var queue = ImportQueue([(1, "a")], limits: limits)
        for round in 0..<9 {
            let now = start + .seconds(round * 30)
            let nexttaken = queue.take(at: now)
            let taken = try #require(nexttaken)
            queue.postpone(taken, until: now + .seconds(30))
            #expect(queue.take(at: now) == nil)
        }
        let nexttaken = queue.take(at: start + .seconds(300))
        let taken = try #require(nexttaken)
        queue.settle(taken)
        #expect(queue.isOver)
    }

    /// Takes lines again and again until the first is given up. Hosts answer while `isThere` says so.
    private func giveUp(
        _ hosts: [String] = ["a", "b", "c"], takes: Duration = .zero, wish: Duration? = nil,
        isThere: (String, Duration) -> Bool = { _, _ in false }
    ) throws -> (tries: Int, after: Duration) {
        var limits = limits
        (limits.outage, limits.width) = (.hours(1), 8)
        var queue = ImportQueue(hosts.enumerated().map { ($0.offset + 1, $0.element) }, limits: limits)
        var now = start
        var answered: Timestamp?
        for tries in 1...1_000 {
            let taken = takeAll(&queue, at: now)
            now = now + takes
            let there = taken.filter { isThere(queue.host(of: $0), now - start) }
            for one in there {
                answered = now
                queue.settle(one)
            }
            for one in taken where !there.contains(where: { $0.line == one.line }) {
                let lost = queue.unanswered(
                    one, at: now, answered: answered, wish: wish.map { [now] in now + $0 })
                if !lost.isEmpty { return (tries, now - start) }
            }
            if queue.isOver { return (.max, now - start) }
            now = max(now, queue.nextWake ?? now)
        }
        return (.max, .zero)
    }

    @Test func `while nobody answers nobody is given up, for a time`() throws {
        let outage = try giveUp()
        // The first try, those of an hour, and two more.
        #expect(outage.after > .hours(1) && outage.after < .hours(2))
        #expect(outage.tries > 50)
        // One that answered before, with two that may be gone.
        let fallen = try giveUp(["a", "b", "c", "a"]) { host, at in host == "a" && at == .zero }
        #expect(fallen.after > .hours(1))
    }

    @Test func `some hosts that never answer do not look like an outage`() throws {
        for few in [["a"], ["a", "b"]] {
            let gone = try giveUp(few)
            #expect(gone.tries == 3 && gone.after == .seconds(70))
        }
        let tail = try giveUp(["x", "a", "b", "c", "d"]) { host, _ in host == "x" }
        #expect(tail.tries == 3)
        let meanwhile = try giveUp(["a", "b", "c", "x", "x", "x"], takes: .seconds(10)) { host, _ in
            host == "x"
        }
        #expect(meanwhile.tries < 10, "somebody answered while these did not")
    }

    @Test func `a host that wants to be left alone is, for a time`() throws {
        let often = try giveUp(["a"], wish: .minutes(20))
        // At 0, 20 and 40 minutes it is excused, from then on no more.
        #expect(often.tries == 6)
        let endless = try giveUp(["a"], wish: .days(3_000))
        #expect(endless.tries == 4 && endless.after == .hours(3))
    }

    @Test func `a host whose lines were given up holds no other up`() throws {
        var limits = limits
        (limits.width, limits.pauses) = (2, [])
        var queue = ImportQueue(
            [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "b"), (6, "b")], limits: limits)
        for one in takeAll(&queue, at: start) { queue.settle(one) }
        let taken = takeAll(&queue, at: start)
        #expect(taken.map(\.line) == [2, 5])
        #expect(queue.unanswered(taken[0], at: start, answered: start) == [2, 3])
        #expect(takeAll(&queue, at: start).map(\.line) == [6])
    }
}
