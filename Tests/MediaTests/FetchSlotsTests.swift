import Basics
import Storage
import Testing

@testable import Media

@Suite struct FetchSlotsTests {
    private let clock = Clock(now: { Timestamp(milliseconds: 0) }, after: { _, _ in {} })

    private func name(_ number: Int) throws -> RemoteName {
        try #require(
            RemoteName(kind: "avatar", id: "\(number)", signature: String(repeating: "a", count: 22)))
    }

    @Test func `what is passed through leaves places to what is stored`() async throws {
        var limits = RemoteLimits()
        (limits.fetches, limits.passing, limits.passingOfHost, limits.waitingToPass) = (5, 2, 1, 0)
        let slots = FetchSlots(limits: limits, clock: clock)
        var first = await slots.take(for: try name(1), host: "a.example", isPassing: true)
        #expect(first != nil)
        let second = try #require(await slots.take(for: try name(2), host: "a.example"))
        #expect(!second.pass(), "one of a host")
        let third = try #require(await slots.take(for: try name(3), host: "b.example"))
        #expect(third.pass() && !third.pass())
        let fourth = try #require(await slots.take(for: try name(4), host: "c.example"))
        #expect(!fourth.pass(), "two of all hosts")
        #expect(await slots.take(for: try name(5), host: "d.example", isPassing: true) == nil)
        #expect(await slots.take(for: try name(6), host: "d.example") != nil)
        first = nil
        #expect(first == nil && second.pass())
        #expect(slots.names.count == 3)
    }

    @Test func `three readers of one film that is passed through have places`() async throws {
        let slots = FetchSlots(limits: RemoteLimits(), clock: clock)
        var taken: [FetchSlots.Slot] = []
        for _ in 0..<3 {
            let slot = await slots.take(for: try name(1), host: "a.example", isPassing: true)
            taken.append(try #require(slot))
        }
        #expect(taken.count == 3)
    }

    @Test func `what a refused server has a part in is found`() async throws {
        let slots = FetchSlots(limits: RemoteLimits(), clock: clock)
        let slot = try #require(await slots.take(for: try name(1), host: "a.example"))
        slot.note("a.example")
        #expect(slots.names(notAllowedBy: { $0 != "cdn.example" }).isEmpty)
        slot.note("cdn.example")
        #expect(slots.names(notAllowedBy: { $0 != "cdn.example" }) == [try name(1)])
    }
}
