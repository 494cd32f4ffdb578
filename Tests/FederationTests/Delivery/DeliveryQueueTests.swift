import Basics
import Testing

@testable import Federation
@testable import Storage

@Suite struct DeliveryQueueTests {
    private static let now = Timestamp(milliseconds: 1_000_000)

    private static func due(_ item: Int64, inbox: Int64, host: Int64 = 1) -> Deliveries.Due {
        Deliveries.Due(
            inbox: inbox, item: item, attempts: 0, url: "https://a.example/inbox", host: host,
            hostName: "a.example", isUnsure: false)
    }

    private static func queue(
        _ due: [Deliveries.Due], _ change: (inout DeliveryWorker.Limits) -> Void = { _ in }
    ) -> DeliveryQueue {
        var limits = DeliveryWorker.Limits()
        change(&limits)
        var queue = DeliveryQueue(limits: limits)
        _ = queue.wantsMore(at: now)
        queue.fill(due, busy: [], next: nil)
        return queue
    }

    private func items(_ due: [Deliveries.Due]) -> [Int64] { due.map(\.item) }

    @Test func `one item at a time goes to an inbox, and two to a host`() {
        let all = [
            Self.due(1, inbox: 1), Self.due(2, inbox: 1), Self.due(3, inbox: 2), Self.due(4, inbox: 3),
            Self.due(5, inbox: 4, host: 2),
        ]
        var queue = Self.queue(all)
        let taken1 = queue.take(at: Self.now)
        #expect(items(taken1) == [1, 3, 5])
        let taken2 = queue.take(at: Self.now)
        #expect(taken2.isEmpty)
        queue.end(all[2], at: Self.now)
        let taken3 = queue.take(at: Self.now)
        #expect(items(taken3) == [4])
        queue.end(all[0], at: Self.now)
        let taken4 = queue.take(at: Self.now)
        #expect(items(taken4) == [2])
        #expect(queue.active == 3)
    }

    @Test func `what is slow gives its place away once, and only so many may be slow`() {
        let all = (1...4).map { Self.due($0, inbox: $0, host: $0) }
        var queue = Self.queue(all) { ($0.inAll, $0.slow) = (1, 2) }
        var begun = queue.take(at: Self.now)
        let gave5 = queue.giveWay(begun[0])
        #expect(gave5)
        let gave6 = queue.giveWay(begun[0])
        #expect(!gave6)
        begun += queue.take(at: Self.now)
        let gave7 = queue.giveWay(begun[1])
        #expect(gave7)
        begun += queue.take(at: Self.now)
        #expect(items(begun) == [1, 2, 3])
        let gave8 = queue.giveWay(begun[2])
        #expect(!gave8, "there are two already")
        #expect((queue.active, queue.slow) == (1, 2))
        queue.end(begun[0], at: Self.now)
        #expect((queue.active, queue.slow) == (1, 1))
        let gave9 = queue.giveWay(begun[2])
        #expect(gave9)
        let taken10 = queue.take(at: Self.now)
        #expect(items(taken10) == [4])
    }

    @Test func `an exchange that is over has no place to give away`() {
        let (first, second) = (Self.due(1, inbox: 1), Self.due(2, inbox: 1))
        var queue = Self.queue([first, second])
        _ = queue.take(at: Self.now)
        queue.end(first, at: Self.now)
        let gave11 = queue.giveWay(first)
        #expect(!gave11)
        let taken12 = queue.take(at: Self.now)
        #expect(items(taken12) == [2])
        let gave13 = queue.giveWay(first)
        #expect(!gave13, "the next one to the same inbox")
        #expect((queue.active, queue.slow) == (1, 0))
    }

    @Test func `what was under way while the database was asked does not begin again`() {
        let (first, second) = (Self.due(1, inbox: 1), Self.due(2, inbox: 2))
        var queue = Self.queue([first])
        _ = queue.take(at: Self.now)
        queue.spoil()
        let wants14 = queue.wantsMore(at: Self.now)
        #expect(wants14)
        let busy = queue.busy
        queue.end(first, at: Self.now)
        queue.fill([first, second], busy: busy, next: nil)
        let taken15 = queue.take(at: Self.now)
        #expect(items(taken15) == [2])
    }

    @Test func `the database is asked when something is new, when a time has come and when all is taken`() {
        var queue = DeliveryQueue(limits: DeliveryWorker.Limits())
        #expect(queue.pause(at: Self.now) == nil)
        let wants16 = queue.wantsMore(at: Self.now)
        #expect(wants16)
        queue.fill([], busy: [], next: Self.now + .seconds(5))
        let wants17 = queue.wantsMore(at: Self.now)
        #expect(!wants17)
        #expect(queue.pause(at: Self.now + .seconds(2)) == .seconds(3))
        let wants18 = queue.wantsMore(at: Self.now + .seconds(5))
        #expect(wants18)
        queue.ask(again: Self.now + .seconds(60))
        let wants19 = queue.wantsMore(at: Self.now + .seconds(59))
        #expect(!wants19)
        queue.fill([Self.due(1, inbox: 1)], busy: [], next: nil)
        let begun = queue.take(at: Self.now)
        let wants20 = queue.wantsMore(at: Self.now)
        #expect(!wants20)
        queue.end(begun[0], at: Self.now)
        let wants21 = queue.wantsMore(at: Self.now)
        #expect(wants21)
    }

    @Test func `stillness counts from the last that began, ended or stirred`() {
        var queue = Self.queue([Self.due(1, inbox: 1)])
        #expect(queue.stillness(at: Self.now) == .zero)
        let begun = queue.take(at: Self.now)
        #expect(queue.stillness(at: Self.now + .seconds(9)) == .seconds(9))
        queue.stir(at: Self.now + .seconds(5))
        #expect(queue.stillness(at: Self.now + .seconds(9)) == .seconds(4))
        queue.end(begun[0], at: Self.now + .seconds(6))
        #expect(queue.stillness(at: Self.now + .seconds(9)) == .zero)
    }
}
