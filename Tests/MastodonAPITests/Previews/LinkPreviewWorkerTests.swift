import Basics
import Federation
import HTTP
import HouseSupport
import Storage
import Synchronization
import Testing

@testable import MastodonAPI

@Suite struct LinkPreviewWorkerTests {
    private struct Away: Error {}

    /// Pages by their addresses, a worker, and what it asked for.
    private final class World: Sendable {
        let house: House
        /// A page that is nil cannot be had now; one that is not here is no page.
        let pages = Mutex<[String: String?]>([:])
        let asked = Mutex<[String]>([])
        let blocked = Mutex<Set<String>>([])

        init() async throws {
            house = try await House.make()
        }

        var worker: LinkPreviewWorker {
            LinkPreviewWorker(
                store: house.store, clock: house.time.clock, log: .silent,
                isBlocked: { host in self.blocked.withLock { $0.contains(host) } },
                delay: { .seconds(30) },
                read: { url, bytes in
                    #expect(bytes == 262_144)
                    self.asked.withLock { $0.append(url.string) }
                    guard let page = self.pages.withLock({ $0[url.string] }) else { return nil }
                    guard let page else { throw Away() }
                    return PageBeginning(url: url, charset: nil, bytes: Array(page.utf8))
                })
        }

        var requests: [String] { asked.withLock { $0 } }

        func known(_ address: String) throws -> LinkPreview? {
            try house.store.read { try LinkPreviews.of([address], in: $0) }[address]
        }
    }

    /// Runs the worker until nothing waits.
    private func empty(_ worker: LinkPreviewWorker, _ world: World) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await worker.run() }
            try await LinkPreviewWaiting.untilIdle(worker, world.house.time)
            group.cancelAll()
        }
    }

    private static let page = "<title>Frogs</title>"
    private static let address = "https://a.example/1"

    private static func wish(_ address: String = address, isOwn: Bool = true) -> LinkPreviewWorker.Wish {
        LinkPreviewWorker.Wish(address: address, isOwn: isOwn)
    }

    @Test func `an own link is read at once, one from outside after a while`() async throws {
        let world = try await World()
        world.pages.withLock { $0 = [Self.address: Self.page, "https://b.example/": Self.page] }
        let begin = world.house.time.now
        let worker = world.worker
        worker.want([Self.wish(), Self.wish("https://b.example/", isOwn: false)])
        try await empty(worker, world)
        #expect(world.requests == [Self.address, "https://b.example/"])
        #expect(try world.known(Self.address)?.fetchedAt == begin)
        #expect(try world.known("https://b.example/")?.fetchedAt == begin + .seconds(30))
        #expect(try world.known(Self.address)?.title == "Frogs")
    }

    @Test func `a page is read once a week, however often it is wanted`() async throws {
        let world = try await World()
        world.pages.withLock { $0 = [Self.address: Self.page] }
        let worker = world.worker
        for _ in 0..<3 { worker.want([Self.wish(), Self.wish(isOwn: false)]) }
        try await empty(worker, world)
        // Wanted by somebody who read before it was written.
        worker.want([Self.wish()])
        try await empty(worker, world)
        world.house.time.advance(by: .days(7) - .milliseconds(1))
        worker.want([Self.wish()])
        try await empty(worker, world)
        #expect(world.requests.count == 1)
        world.house.time.advance(by: .milliseconds(1))
        worker.want([Self.wish()])
        try await empty(worker, world)
        #expect(world.requests.count == 2)
    }

    @Test func `what is no page is asked for again in a week, what cannot be had in a day`() async throws {
        let world = try await World()
        let away = "https://b.example/"
        world.pages.withLock { $0 = [away: nil] }
        let worker = world.worker
        worker.want([Self.wish(), Self.wish(away)])
        try await empty(worker, world)
        let now = world.house.time.now
        for address in [Self.address, away] {
            let known = try #require(try world.known(address))
            #expect(known.title == nil)
            #expect(!LinkPreviewWorker.isStale(known, at: now + .days(1) - .milliseconds(1)))
            #expect(LinkPreviewWorker.isStale(known, at: now + .days(1)) == (address == away))
            #expect(LinkPreviewWorker.isStale(known, at: now + .days(7)))
        }
    }

    @Test func `a page that is away for a while keeps its preview, one that is gone loses it`() async throws {
        let world = try await World()
        world.pages.withLock { $0 = [Self.address: Self.page] }
        let worker = world.worker
        worker.want([Self.wish()])
        try await empty(worker, world)
        world.house.time.advance(by: .days(7))
        world.pages.withLock { $0 = [Self.address: nil] }
        worker.want([Self.wish()])
        try await empty(worker, world)
        #expect(try world.known(Self.address)?.title == "Frogs")
        world.house.time.advance(by: .days(1))
        world.pages.withLock { $0 = [:] }
        worker.want([Self.wish()])
        try await empty(worker, world)
        #expect(world.requests.count == 3)
        #expect(try world.known(Self.address)?.title == nil)
    }

    @Test func `nothing is asked of a blocked domain, and nothing noted about it`() async throws {
        let world = try await World()
        world.blocked.withLock { $0 = ["a.example"] }
        let worker = world.worker
        worker.want([Self.wish()])
        try await empty(worker, world)
        // One that is blocked while the link waits.
        worker.want([Self.wish("https://b.example/", isOwn: false)])
        world.blocked.withLock { $0 = ["b.example"] }
        try await empty(worker, world)
        #expect(world.requests.isEmpty)
        #expect(try world.known(Self.address) == nil)
        #expect(try world.known("https://b.example/") == nil)
    }

    @Test(arguments: [
        "", "x", "ftp://a.example/", "https://", "https://user@a.example/", "https://a example/",
    ])
    func `what is no address of a page is passed over`(address: String) async throws {
        let world = try await World()
        let worker = world.worker
        worker.want([Self.wish(address)])
        #expect(worker.isIdle)
    }

    @Test func `addresses in a page are made whole, and those that lead out of the web left out`()
        async throws
    {
        let address = "https://a.example/dir/1"
        let url = try #require(WebURL("https://www.a.example/dir/1"))
        func preview(_ image: String) -> LinkPreview {
            let page = """
                <title>x</title><meta property="og:image" content="\(image)"><meta name=author content="https://e/@a">
                <meta property="og:image:width" content="10"><meta property="og:image:height" content="5">
                <meta property="article:published_time" content="2025-01-02T03:04:05+01:00">
                """
            let beginning = PageBeginning(url: url, charset: nil, bytes: Array(page.utf8))
            return LinkPreview(of: address, from: beginning, at: Timestamp(milliseconds: 5))
        }
        let one = preview("a.png")
        #expect(one.address == address)
        #expect(one.image == "https://www.a.example/dir/a.png")
        #expect(one.imageWidth == 10 && one.imageHeight == 5)
        #expect(one.publishedAt?.seconds == 1_735_783_445)
        #expect(preview("//cdn.example/x").image == "https://cdn.example/x")
        for image in ["javascript:alert(1)", "data:image/png;base64,xx", "ftp://a/x", "https:///", ""] {
            let preview = preview(image)
            #expect(preview.image == nil && preview.imageWidth == nil, "\(image)")
        }
    }
}

/// Waits for the worker without sleeping.
enum LinkPreviewWaiting {
    /// Gives it its turn until nothing waits; when it only waits for an alarm, the time comes.
    static func untilIdle(_ worker: LinkPreviewWorker, _ time: TestTime) async throws {
        for _ in 0..<200_000 {
            if worker.isIdle { return }
            if !worker.isLooking, let alarm = time.nextAlarm { time.advance(by: alarm - time.now) }
            await Task.yield()
        }
        Issue.record("the worker does nothing")
    }
}
