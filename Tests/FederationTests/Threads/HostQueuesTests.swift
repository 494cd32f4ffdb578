import Testing

@testable import Federation

struct HostQueuesTests {
    private func filled(_ jobs: [(String, Int)], width: Int = 4, perHost: Int = 1) -> HostQueues<Int> {
        var queues = HostQueues<Int>(width: width, perHost: perHost)
        for (host, job) in jobs { _ = queues.add(job, host: host) }
        return queues
    }

    @Test func `a host has one job at a time, and is gone on with before others begin`() {
        var queues = filled([("a", 1), ("a", 2), ("b", 3), ("c", 4)])
        #expect(queues.take()?.job == 1)
        #expect(queues.take()?.job == 3)
        #expect(queues.take()?.job == 4)
        #expect(queues.take() == nil)
        queues.finish("a", wasSlow: false)
        #expect(queues.take()?.job == 2)
    }

    @Test func `no more jobs are under way than there is width for`() {
        var queues = filled((0..<10).map { ("host\($0)", $0) }, width: 3)
        #expect(queues.take() != nil && queues.take() != nil && queues.take() != nil)
        #expect(queues.take() == nil)
        #expect(queues.active == 3 && queues.waiting == 7)
    }

    @Test func `a slow job lets another begin but keeps its host`() {
        var queues = filled([("a", 1), ("a", 2), ("b", 3)], width: 1)
        #expect(queues.take()?.job == 1)
        #expect(queues.take() == nil)
        queues.giveWay()
        #expect(queues.take()?.job == 3)
        #expect(queues.slow == 1)
        queues.finish("b", wasSlow: false)
        #expect(queues.take() == nil, "the host of the slow job has its share")
        queues.finish("a", wasSlow: true)
        #expect(queues.take()?.job == 2)
    }

    @Test func `a host that is given up loses its jobs and gets no new ones`() {
        var queues = filled([("a", 1), ("a", 2), ("b", 3)])
        let dropped = queues.giveUp("a")
        let isAdded = queues.add(4, host: "a")
        #expect(dropped == [1, 2] && !isAdded)
        #expect(queues.waiting == 1)
        #expect(queues.take()?.job == 3)
        queues.finish("b", wasSlow: false)
        #expect(queues.isEmpty)
    }

    @Test func `what is cleared does not begin`() {
        var queues = filled([("a", 1), ("b", 2)])
        #expect(queues.take() != nil)
        let dropped = queues.clear()
        #expect(dropped == [2])
        #expect(queues.take() == nil && !queues.isEmpty)
        queues.finish("a", wasSlow: false)
        #expect(queues.isEmpty)
    }
}
