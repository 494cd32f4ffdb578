import Basics
import HTTP
import Synchronization
import Testing

@testable import Media

@Suite struct RemoteFetchTests {
    private static let film = RemoteFileEndpointTests.film
    private static let elsewhere = "https://cdn.example:444/film"

    @Test func `what nobody waits for is not fetched for long`() async throws {
        let house = try await RemoteHouse(bytes: 16 << 20)
        let pipe = house.remote.pipe(at: RemoteHouse.film, length: Self.film.count)
        try await house.running {
            do {
                async let response = house.get(house.address(of: house.film))
                pipe.push(Array(RemoteFetchTests.film[..<100_000]))
                #expect(try await response.status == .ok)
            }
            for _ in 0..<4 {
                try await house.until { pipe.isWaitedFor }
                house.pass(.seconds(29))
                pipe.push([UInt8](repeating: 7, count: 100_000))
            }
            try await house.until { try pipe.isClosed && house.files.isEmpty }
        }
    }

    @Test func `a full disk is not the other server's fault`() async throws {
        let house = try await RemoteHouse(bytes: 16 << 20)
        let pipe = house.remote.pipe(at: RemoteHouse.film, length: nil)
        try await house.running {
            async let response = house.get(house.address(of: house.film))
            pipe.push(RemoteFetchTests.film)
            let begun = try await response
            #expect(begun.status == .ok)
            try await house.until { pipe.isWaitedFor }
            house.free.withLock { $0 = 0 }
            house.pass(.seconds(11))
            pipe.push(RemoteFetchTests.film)
            await #expect(throws: RemoteFailure.noRoom) { _ = try await begun.bytes() }
            try await house.until { house.proxy.slots.names.isEmpty }
            house.remote.give(RemoteFetchTests.film, at: RemoteHouse.film)
            #expect(try await house.get(house.address(of: house.film)).status == .ok)
            #expect(house.remote.asked == 2)
        }
    }

    @Test func `a server that a redirect leads to and that is blocked later is gone with its files`()
        async throws
    {
        let blocked = Mutex(false)
        let house = try await RemoteHouse(
            bytes: 16 << 20, blocked: { $0 == "cdn.example:444" && blocked.withLock { $0 } })
        house.remote.redirect(RemoteHouse.film, to: Self.elsewhere)
        house.remote.give(Self.film, at: Self.elsewhere)
        try await house.running {
            let address = house.address(of: house.film)
            for _ in 0..<2 { #expect(try await house.get(address).bytes() == RemoteFetchTests.film) }
            try await house.until { try house.files.first?.hasPrefix("attachment-") == true }
            let cached = try await house.get(address)
            if case .openFile = cached.body {} else { Issue.record("not from the cache") }
            #expect(try await cached.bytes() == RemoteFetchTests.film)
            #expect(house.remote.asked == 1)
            await house.proxy.sweep()
            #expect(try house.files.count == 1)
            blocked.withLock { $0 = true }
            #expect(try await house.get(address).status == .notFound)
            await house.proxy.sweep()
            #expect(try house.files.isEmpty)
        }
    }

    @Test func `a server that a redirect leads to and that is blocked meanwhile sends no more`() async throws
    {
        let blocked = Mutex(false)
        // Stored as it comes, and passed through.
        for bytes in [16 << 20, 0] {
            blocked.withLock { $0 = false }
            let house = try await RemoteHouse(
                bytes: bytes, blocked: { $0 == "cdn.example:444" && blocked.withLock { $0 } })
            house.remote.redirect(RemoteHouse.film, to: Self.elsewhere)
            let pipe = house.remote.pipe(at: Self.elsewhere, length: Self.film.count)
            try await house.running {
                async let response = house.get(house.address(of: house.film))
                pipe.push(Array(RemoteFetchTests.film[..<1_000]))
                let film = try await response
                await house.proxy.sweep()
                #expect(!pipe.isClosed)
                blocked.withLock { $0 = true }
                await house.proxy.sweep()
                #expect(pipe.isClosed)
                await #expect(throws: RemoteFailure.self) { _ = try await film.bytes() }
                try await house.until { try house.files.allSatisfy { !$0.hasPrefix("a") } }
            }
        }
    }

    @Test func `who cannot be reached is who is not asked, not who sent us there`() async throws {
        let house = try await RemoteHouse()
        house.remote.redirect(RemoteHouse.avatar, to: "https://down.example/anna.png")
        house.remote.give(Self.film, at: RemoteHouse.film)
        try await house.running {
            #expect(try await house.get(house.address(of: house.avatar)).status == .badGateway)
            try await house.until { house.proxy.slots.names.isEmpty }
            #expect(try await house.get(house.address(of: house.film)).status == .ok)
        }
    }
}
