import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct LinkPreviewsTests {
    private let now = TestStore.now

    private func full(_ address: String) -> LinkPreview {
        var preview = LinkPreview(address: address, fetchedAt: now)
        preview.title = "A title"
        preview.description = "What it is about"
        preview.provider = "A site"
        preview.author = "Ann"
        preview.authorURL = "https://site.example/ann"
        preview.image = "https://site.example/a.png"
        preview.imageDescription = "A frog"
        preview.imageWidth = 1_200
        preview.imageHeight = 630
        preview.language = "en"
        preview.publishedAt = now - .days(3)
        preview.creator = "@ann@site.example"
        return preview
    }

    @Test func `what was written comes back, and nothing else`() async throws {
        let store = try TestStore()
        let preview = full("https://site.example/1")
        try await store.write { try LinkPreviews.save(preview, in: $0) }
        let found = try store.read {
            try LinkPreviews.of(["https://site.example/1", "https://site.example/2"], in: $0)
        }
        #expect(Set(found.keys) == ["https://site.example/1"])
        var stored = try #require(found["https://site.example/1"])
        #expect(stored.id > 0)
        stored.id = 0
        #expect(stored == preview)
        #expect(try store.read { try LinkPreviews.of([String](), in: $0) }.isEmpty)
    }

    @Test func `a later look replaces what was known, and its picture keeps the number of the row`()
        async throws
    {
        let store = try TestStore()
        let address = "https://site.example/1"
        let preview = full(address)
        try await store.write { try LinkPreviews.save(preview, in: $0) }
        let first = try store.read { try LinkPreviews.of([address], in: $0) }[address]
        let empty = LinkPreview(address: address, fetchedAt: now + .days(8))
        try await store.write { try LinkPreviews.save(empty, in: $0) }
        var second = try #require(try store.read { try LinkPreviews.of([address], in: $0) }[address])
        #expect(second.id == first?.id)
        second.id = 0
        #expect(second == empty)
    }

    @Test func `a page that cannot be had keeps what was known of it`() async throws {
        let store = try TestStore()
        let address = "https://site.example/1"
        let preview = full(address)
        let later = now + .days(2)
        try await store.write { tx in
            try LinkPreviews.save(preview, in: tx)
            try LinkPreviews.postpone(address, to: later, in: tx)
            try LinkPreviews.postpone("https://new.example/", to: later, in: tx)
        }
        let found = try store.read { try LinkPreviews.of([address, "https://new.example/"], in: $0) }
        #expect(found[address]?.title == "A title" && found[address]?.fetchedAt == later)
        let new = try #require(found["https://new.example/"])
        #expect(new.title == nil && new.fetchedAt == later)
    }

    @Test func `a row under the same number that is another page's is not shown`() async throws {
        let store = try TestStore()
        let preview = full("https://site.example/1")
        try await store.write { tx in
            try LinkPreviews.save(preview, in: tx)
            try tx.db.run("UPDATE link_previews SET url = 'https://other.example/'")
        }
        let found = try store.read { try LinkPreviews.of(["https://site.example/1"], in: $0) }
        #expect(found["https://site.example/1"] == nil)
    }

    @Test func `the oldest go when there are too many`() async throws {
        let store = try TestStore()
        let now = now
        try await store.write { tx in
            try tx.db.run(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                INSERT INTO link_previews (id, url, fetched_at) SELECT i, 'https://a.example/' || i, i FROM n
                """, LinkPreviews.most)
        }
        #expect(try store.read { try !Retention.isDue(at: now, in: $0) })
        try await store.write { tx in
            try tx.db.run("INSERT INTO link_previews (id, url, fetched_at) VALUES (-1, 'b', 50000)")
        }
        #expect(try store.read { try Retention.isDue(at: now, in: $0) })
        _ = try await store.write { try Retention.run(at: now, in: $0) }
        let left = try store.read {
            try $0.db.all("SELECT min(fetched_at), count(*) FROM link_previews") { [$0.int(0), $0.int(1)] }
        }
        #expect(left == [[2, LinkPreviews.most]])
        #expect(try store.read { try !Retention.isDue(at: now, in: $0) })
    }
}
