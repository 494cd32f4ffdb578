import HTTP
import Testing

@Suite struct WebSocketQueueTests {
    private func filled(
        limit: Int = Limits.standard.webSocketQueue, _ items: [WebSocketQueue.Item]
    ) -> (queue: WebSocketQueue, taken: [Bool]) {
        var queue = WebSocketQueue(limit: limit)
        let taken = items.map { queue.add($0) }
        return (queue, taken)
    }

    /// The frames of each turn.
    private func drained(_ queue: WebSocketQueue) -> [[UInt8]] {
        var queue = queue
        var turns: [[UInt8]] = []
        while !queue.isEmpty { turns.append(queue.takeFrames()) }
        #expect(queue.cost == 0)
        return turns
    }

    private func zeros(_ count: Int) -> WebSocketQueue.Item {
        .message(.binary([UInt8](repeating: 0, count: count)))
    }

    @Test func `what is added comes out as frames in its order`() {
        let (queue, taken) = filled([
            .message(.text("ab")), .ping, .pong([1]), .message(.binary([9])), .close(1_001), .close(nil),
        ])
        #expect(taken == [true, true, true, true, true, true])
        #expect(
            drained(queue) == [
                [0x81, 2, 97, 98, 0x89, 0, 0x8A, 1, 1, 0x82, 1, 9, 0x88, 2, 0x03, 0xE9, 0x88, 0]
            ])
    }

    @Test func `more than the limit is not taken, and room comes back`() {
        var (queue, taken) = filled(limit: 1_000, [zeros(400), zeros(400), zeros(400)])
        #expect(taken == [true, true, false] && queue.cost <= 1_000)
        let frames = queue.takeFrames()
        #expect(frames.count == 2 * 404)
        let isTaken = queue.add(zeros(400))
        #expect(isTaken)
    }

    @Test func `many small ones have a bound too`() {
        let (_, taken) = filled(limit: 64_000, [WebSocketQueue.Item](repeating: .pong([]), count: 1_100))
        #expect(taken.count { $0 } == 1_000)
    }

    @Test func `only what is sent next becomes frames`() {
        let (queue, _) = filled([WebSocketQueue.Item](repeating: zeros(5_000), count: 10))
        #expect(drained(queue).map(\.count) == [15_012, 15_012, 15_012, 5_004])
        #expect(
            drained(filled([zeros(70_000), .ping]).queue).map(\.count) == [70_010, 2], "a long one goes alone"
        )
    }

    @Test func `a last word takes the place of everything`() {
        var queue = filled(limit: 100, [.message(.text("all this"))]).queue
        queue.replace(with: .close(1_013))
        #expect(drained(queue) == [[0x88, 2, 0x03, 0xF5]])
    }
}
