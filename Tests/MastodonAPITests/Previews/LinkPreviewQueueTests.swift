import Basics
import HTTP
import Testing

@testable import MastodonAPI

@Suite struct LinkPreviewQueueTests {
    private let now = Timestamp(milliseconds: 1_760_000_000_000)

    private func job(_ address: String, in delay: Duration = .zero) throws -> LinkPreviewQueue.Job {
        LinkPreviewQueue.Job(address: address, url: try #require(WebURL(address)), due: now + delay)
    }

    private func add(_ job: LinkPreviewQueue.Job, to queue: inout LinkPreviewQueue) -> Bool { queue.add(job) }

    private func take(_ queue: inout LinkPreviewQueue, in delay: Duration = .zero) -> [LinkPreviewQueue.Job] {
        queue.take(at: now + delay)
    }

    @Test func `two at once, and one of a host`() throws {
        var queue = LinkPreviewQueue()
        for address in [
            "https://a.example/1", "https://a.example/2", "https://b.example/", "https://c.example/",
        ] {
            let job = try job(address)
            #expect(add(job, to: &queue))
        }
        let first = take(&queue)
        #expect(first.map(\.address) == ["https://a.example/1", "https://b.example/"])
        #expect(take(&queue).isEmpty)
        #expect(queue.nextDue == nil)
        queue.finish(first[0])
        #expect(take(&queue).map(\.address) == ["https://a.example/2"])
        queue.finish(first[1])
        #expect(take(&queue).map(\.address) == ["https://c.example/"])
    }

    @Test func `each waits for its time`() throws {
        var queue = LinkPreviewQueue()
        #expect(queue.nextDue == nil)
        let (late, early) = (
            try job("https://a.example/", in: .seconds(40)), try job("https://b.example/", in: .seconds(20))
        )
        #expect(add(late, to: &queue))
        #expect(add(early, to: &queue))
        #expect(take(&queue, in: .seconds(19)).isEmpty)
        #expect(queue.nextDue == now + .seconds(20))
        #expect(take(&queue, in: .seconds(20)).map(\.address) == ["https://b.example/"])
        #expect(queue.nextDue == now + .seconds(40))
    }

    @Test func `the same page is there once until it was written down`() throws {
        var queue = LinkPreviewQueue()
        let page = try job("https://a.example/")
        #expect(add(page, to: &queue))
        #expect(!add(page, to: &queue))
        #expect(take(&queue).count == 1)
        queue.finish(page)
        #expect(!add(page, to: &queue))
        #expect(!queue.isEmpty)
        queue.forget([page.address])
        #expect(queue.isEmpty)
        #expect(add(page, to: &queue))
    }

    @Test func `beyond the bound a new one is dropped`() throws {
        var queue = LinkPreviewQueue()
        for number in 0..<LinkPreviewQueue.most {
            let job = try job("https://a.example/\(number)")
            #expect(add(job, to: &queue))
        }
        let more = try job("https://b.example/")
        #expect(!add(more, to: &queue))
        queue.forget(["https://a.example/0"])
        #expect(add(more, to: &queue))
    }
}
