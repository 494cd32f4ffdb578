import Testing

@testable import Net

@Suite struct TimerHeapTests {
    private func moment(_ nanoseconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: nanoseconds) }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `alarms come out as from a sorted list, however they are set, moved and called off`(seed: UInt64) {
        var random = Numbers(state: seed)
        var heap = TimerHeap()
        var model: [Int: Int64] = [:]
        let alarms = (0..<60).map { _ in Alarm(at: moment(0)) {} }
        var now: Int64 = 0
        for _ in 0..<600 {
            let index = Int.random(in: alarms.indices, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0...4:
                model[index] = now + Int64.random(in: 0..<50, using: &random)
                heap.set(alarms[index], at: moment(model[index] ?? 0))
            case 5:
                model[index] = nil
                heap.cancel(alarms[index])
            default:
                now += Int64.random(in: 0..<20, using: &random)
                var taken: [Int64] = []
                while let alarm = heap.takeDue(at: moment(now)) {
                    taken.append(alarm.moment.nanoseconds)
                    #expect(!alarm.isSet)
                }
                #expect(taken == model.values.filter { $0 <= now }.sorted())
                model = model.filter { $0.value > now }
            }
            #expect(heap.next?.nanoseconds == model.values.min())
            #expect(alarms.indices.allSatisfy { alarms[$0].isSet == (model[$0] != nil) })
        }
    }

    @Test func `an alarm that is not set can be called off`() {
        var heap = TimerHeap()
        let alarm = Alarm(at: moment(1)) {}
        heap.cancel(alarm)
        heap.set(alarm, at: moment(2))
        heap.cancel(alarm)
        heap.cancel(alarm)
        #expect(heap.next == nil && heap.takeDue(at: moment(9)) == nil)
    }

    /// The same numbers for the same seed: xorshift64*.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 0x2545_F491_4F6C_DD1D
        }
    }
}
