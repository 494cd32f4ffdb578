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

    @Test func `a host that makes up pictures without end gets no more of them`() async throws {
        let store = try TestStore()
        let kept = try await store.write { tx in
            let many = (0..<5_010).map { ("e\($0)", "https://a.example/\($0)") }
            return try (
                Emojis.keep(many, of: "a.example", in: tx),
                Emojis.keep([("e1", "https://a.example/1")], of: "a.example", in: tx),
                Emojis.keep([("x", "https://b.example/x")], of: "b.example", in: tx)
            )
        }
        #expect(Emojis.list(kept.0).count == 5_000)
        #expect(kept.1 == "e1=2" && Emojis.list(kept.2).count == 1)
    }
}
