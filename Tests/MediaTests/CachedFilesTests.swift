import Basics
import HTTP
import Storage
import Testing

@testable import Media

@Suite struct CachedFilesTests {
    @Test func `what is stored is told with whose it is and why, and can be removed`() async throws {
        let house = try await RemoteHouse()
        house.remote.give(Bytes.png, at: RemoteHouse.avatar)
        try await house.running {
            _ = try await house.get(house.address(of: house.avatar)).bytes()
            try await house.until { try house.files.first?.hasPrefix("avatar-") == true }
        }
        let files = CachedFiles(folder: house.cache.folder, store: house.store)
        var entries: [CachedFiles.Entry] = []
        try files.forEach { entries.append($0) }
        let entry = try #require(entries.first)
        #expect(entries.count == 1 && entry.kind == "avatar" && entry.since == house.cache.clock.now())
        #expect(entry.source?.acct == "anna@lake.example" && entry.source?.url == RemoteHouse.avatar)
        #expect(entry.source?.page == "https://lake.example/users/anna")
        #expect(entry.hosts == ["files.lake.example", "lake.example"])
        let anna = house.anna
        try await house.store.write { tx in
            _ = try Blocks.insert(anna, uri: "b", in: tx)
            try DomainBlocks.insert("lake.example", in: tx)
        }
        var told: [RemoteSource?] = []
        try files.forEach { told.append($0.source) }
        #expect(told == [entry.source], "what was blocked is told until it is gone")
        #expect(files.remove(entry))
        #expect(!files.remove(entry))
        #expect(try house.files.isEmpty)
    }
}
