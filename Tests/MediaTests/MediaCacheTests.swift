import Basics
import Foundation
import Glibc
import HTTP
import Storage
import Synchronization
import Testing

@testable import Media

@Suite struct MediaCacheTests {
    private func name(_ number: Int64) throws -> RemoteName {
        try #require(
            RemoteName(kind: "emoji", id: String(number), signature: String(repeating: "s", count: 22)))
    }

    /// A picture of so many bytes, stored as the proxy stores it.
    private func store(_ number: Int64, _ count: Int, in house: RemoteHouse) async throws -> Bool {
        guard await house.cache.promise(MediaCache.room(count)) else { return false }
        let spool = try #require(Spool(in: house.cache.folder))
        let bytes = Bytes.png + [UInt8](repeating: 0, count: count - Bytes.png.count)
        #expect(spool.write(bytes[...], at: 0))
        #expect(spool.keep(as: try name(number), length: count, at: house.cache.clock.now()))
        house.cache.settle(MediaCache.room(count), kept: count)
        // The time of the file counts for those that nobody used.
        let time = timespec(tv_sec: 1_000 * Int(number), tv_nsec: 0)
        utimensat(AT_FDCWD, "\(house.cache.folder)/\(try name(number))", [time, time], 0)
        return true
    }

    private func changed(_ number: Int64, in house: RemoteHouse) throws -> Int {
        var facts = Glibc.stat()
        #expect(stat("\(house.cache.folder)/\(try name(number))", &facts) == 0)
        return facts.st_mtim.tv_sec
    }

    @Test func `who was used longest ago goes first, and a look writes nothing`() async throws {
        let house = try await RemoteHouse(bytes: 100_000)
        for number in Int64(1)...4 {
            #expect(try await store(number, 20_000, in: house))
        }
        #expect(house.cache.find(try name(1))?.file.length == 20_000)
        #expect(try changed(1, in: house) == 1_000)
        #expect(try await store(5, 20_000, in: house))
        let left = try (1...5).filter { house.cache.find(try name(Int64($0))) != nil }
        #expect(left == [1, 3, 4, 5])
        #expect(try changed(1, in: house) == Int(house.cache.clock.now().seconds), "noted with the eviction")
        let bytes = try house.files.reduce(0) { sum, file in
            sum
                + ((try FileManager.default.attributesOfItem(atPath: "\(house.cache.folder)/\(file)")[.size])
                    as? Int ?? 0)
        }
        #expect(bytes <= 100_000)
    }

    @Test func `one file takes at most a quarter, and promises count`() async throws {
        let house = try await RemoteHouse(bytes: 100_000)
        #expect(await !house.cache.promise(25_001))
        for _ in 0..<4 { #expect(await house.cache.promise(25_000)) }
        #expect(await !house.cache.promise(1))
        house.cache.settle(25_000, kept: nil)
        #expect(await house.cache.promise(25_000))
    }

    @Test func `a disk that is nearly full is left alone, and gets back what it lacks`() async throws {
        let house = try await RemoteHouse(bytes: 1 << 20, reserve: 50_000)
        for number in Int64(1)...4 { #expect(try await store(number, 20_000, in: house)) }
        house.free.withLock { $0 = 30_000 }
        #expect(try await store(5, 1_000, in: house), "looked at ten seconds ago at most")
        house.pass(.seconds(11))
        #expect(try await !store(6, 1_000, in: house))
        let left = try (1...5).filter { house.cache.find(try name(Int64($0))) != nil }
        #expect(left == [3, 4, 5], "20,000 bytes and the 4,096 that are wanted are two files")
        house.free.withLock { $0 = 0 }
        house.pass(.seconds(11))
        await house.cache.tidy()
        house.pass(.seconds(11))
        await house.cache.tidy()
        #expect(try house.files.isEmpty)
        house.free.withLock { $0 = 1 << 30 }
        house.pass(.seconds(11))
        #expect(try await store(7, 1_000, in: house))
    }

    /// A server that starts on the folder of another.
    private func restarted(_ house: RemoteHouse, bytes: Int, reserve: Int = 0) -> MediaCache {
        MediaCache(
            folder: house.cache.folder, bounds: MediaCache.Bounds(bytes: bytes, reserve: reserve),
            worker: Worker(name: "test", threads: 1, limit: 64), clock: house.cache.clock,
            freeBytes: { _ in house.free.withLock { $0 } })
    }

    @Test func `old files go for new ones while the disk has no more than it must keep`() async throws {
        let house = try await RemoteHouse(bytes: 1 << 20, reserve: 50_000)
        house.disk.withLock { $0 = 150_000 }
        for number in Int64(1)...20 {
            house.pass(.seconds(1))
            #expect(try await store(number, 20_000, in: house), "\(number)")
            #expect(try 150_000 - house.used >= 50_000, "\(number)")
        }
        #expect(house.cache.find(try name(20)) != nil)
        #expect(house.cache.find(try name(1)) == nil)
        // Others fill it: nothing that is here could make enough room.
        house.disk.withLock { $0 = 50_000 }
        house.pass(.seconds(11))
        #expect(try await !store(21, 20_000, in: house))
        #expect(try house.files.isEmpty)
    }

    @Test func `a bound that was lowered holds once somebody looks`() async throws {
        let house = try await RemoteHouse(bytes: 100_000)
        for number in Int64(1)...4 { #expect(try await store(number, 20_000, in: house)) }
        let cache = restarted(house, bytes: 50_000)
        await cache.tidy()
        #expect(try house.files.count == 4, "nobody used it since the start")
        #expect(cache.find(try name(4)) != nil)
        #expect(!cache.isUntidy)
        house.pass(.seconds(11))
        #expect(cache.isUntidy)
        await cache.tidy()
        #expect(try house.files.count == 2)
        #expect(cache.find(try name(4)) != nil)
    }

    @Test func `a disk that lacks room gets it back before anything is fetched`() async throws {
        let house = try await RemoteHouse(bytes: 100_000)
        for number in Int64(1)...4 { #expect(try await store(number, 20_000, in: house)) }
        house.free.withLock { $0 = 30_000 }
        await restarted(house, bytes: 100_000, reserve: 50_000).tidy()
        #expect(try house.files.count == 3)
    }

    @Test func `who looks has the cache tidied`() async throws {
        let house = try await RemoteHouse(bytes: 100_000, reserve: 50_000)
        house.remote.give(Bytes.png, at: RemoteHouse.avatar)
        try await house.running {
            _ = try await house.get(house.address(of: house.avatar)).bytes()
            try await house.until { try house.files.first?.hasPrefix("avatar-") == true }
            house.free.withLock { $0 = 0 }
            house.pass(.seconds(11))
            let again = try await house.get(house.address(of: house.avatar))
            #expect(again.status == .ok)
            try await house.until { try house.files.isEmpty }
        }
    }

    @Test func `what a crash left is removed, and what a loss of power cut is fetched again`() async throws {
        let house = try await RemoteHouse()
        #expect(try await store(1, 20_000, in: house))
        #expect(try await store(2, 20_000, in: house))
        let cut = "\(house.cache.folder)/\(try name(1))"
        #expect(truncate(cut, 10_000) == 0)
        #expect(house.cache.find(try name(1)) == nil)
        #expect(!FileManager.default.fileExists(atPath: cut))
        let left = "\(house.cache.folder)/.part-abc"
        #expect(FileManager.default.createFile(atPath: left, contents: Data([1])))
        try house.cache.prepare()
        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(house.cache.find(try name(2)) != nil)
    }

    @Test func `what others removed is counted right again`() async throws {
        let house = try await RemoteHouse(bytes: 100_000)
        for number in Int64(1)...4 { #expect(try await store(number, 20_000, in: house)) }
        for file in try house.files { unlink("\(house.cache.folder)/\(file)") }
        for number in Int64(1)...4 { #expect(try await store(number, 20_000, in: house)) }
        #expect(try house.files.count == 4)
    }

    @Test func `only names that were given out become paths`() {
        let signature = String(repeating: "-", count: 22)
        #expect(RemoteName("avatar-1-\(signature)")?.description == "avatar-1-\(signature)")
        for bad in [
            "", "avatar", "avatar-1-short", "avatar-01-\(signature)", "avatar-+1-\(signature)",
            "avatar--1-\(signature)", "../x-1-\(signature)", "avatar-1-\(signature)x",
            "avatar-1-/\(signature.dropLast())", "avatar-99999999999999999999-\(signature)",
        ] {
            #expect(RemoteName(bad) == nil, "\(bad)")
        }
    }

    @Test func `sizes are read from the first bytes`() {
        let gif = Array("GIF89a".utf8) + [44, 1, 200, 0]
        let extended = Array("RIFF....WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 49, 0, 0]
        let lossy = Array("RIFF....WEBPVP8 ".utf8) + [9, 9, 9, 9, 1, 1, 1, 0x9D, 1, 0x2A, 100, 0, 50, 0]
        let lossless =
            Array("RIFF....WEBPVP8L".utf8) + [9, 9, 9, 9, 0x2F, 99, 0x40, 12, 0] + [0, 0, 0, 0, 0]
        let cases: [(MediaKind, [UInt8], Int, Int)] = [
            (.png, Bytes.png, 5, 4), (.jpeg, Bytes.jpeg, 6, 3), (.gif, gif, 300, 200),
            (.webp, extended, 100, 50), (.webp, lossy, 100, 50), (.webp, lossless, 100, 50),
        ]
        for (kind, bytes, width, height) in cases {
            let size = ClaimedSize.read(bytes, kind)
            #expect(size?.0 == width && size?.1 == height, "\(kind): \(String(describing: size))")
            for count in 0..<bytes.count { _ = ClaimedSize.read(Array(bytes[..<count]), kind) }
        }
    }
}
