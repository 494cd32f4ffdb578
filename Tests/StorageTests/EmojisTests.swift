import Testing

@testable import Storage

@Suite struct EmojisTests {
    @Test func `the same picture of a host is one row, and a changed one another`() async throws {
        let store = try TestStore()
        let kept = try await store.write { tx in
            try [
                Emojis.keep(
                    [("cat", "https://a.example/1"), ("bear", "https://a.example/2")], of: "a.example", in: tx
                ),
                Emojis.keep([("cat", "https://a.example/1")], of: "a.example", in: tx),
                Emojis.keep([("cat", "https://a.example/3")], of: "a.example", in: tx),
                Emojis.keep([("cat", "https://a.example/1")], of: "b.example", in: tx),
                Emojis.keep([], of: "a.example", in: tx),
            ]
        }
        #expect(kept == ["cat=1 bear=2", "cat=1", "cat=3", "cat=4", nil])
    }

    @Test func `what is kept is read back, and nothing else`() {
        #expect(Emojis.list("cat=1 be.ar-_+=22").map(\.shortcode) == ["cat", "be.ar-_+"])
        #expect(Emojis.list("cat=1 be.ar-_+=22").map(\.id) == [1, 22])
        for text in [nil, "", "cat", "cat=", "=", "cat=x", " "] { #expect(Emojis.list(text).isEmpty) }
    }

    @Test func `a host that makes up pictures without end loses its oldest`() async throws {
        let store = try TestStore()
        let kept = try await store.write { tx in
            _ = try Emojis.keep([("old", "https://b.example/old")], of: "b.example", in: tx)
            let many = (0..<5_010).map { ("e\($0)", "https://a.example/\($0)") }
            return try (
                Emojis.keep(many, of: "a.example", in: tx),
                Emojis.keep([("e510", "https://a.example/510")], of: "a.example", in: tx),
                Emojis.keep([("e509", "https://a.example/509")], of: "a.example", in: tx),
                Emojis.keep([("old", "https://b.example/old")], of: "b.example", in: tx)
            )
        }
        #expect(Emojis.list(kept.0).count == 5_010)
        #expect(kept.1 == "e510=512", "5,010 are 510 too many: the oldest")
        #expect(kept.2 == "e509=5012", "a number is never given to another picture")
        #expect(kept.3 == "old=1")
    }
}
