import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct SearchIndexTests {
    /// A post by `actor`, each a second younger than the one before.
    private func post(
        _ content: String, by actor: ActorID, number: Int, in store: TestStore,
        change: @escaping @Sendable (inout Status) -> Void = { _ in }
    ) async throws -> StatusID {
        try await store.write { tx in
            var status = Status.make("\(number)", by: actor, at: TestStore.now + .seconds(number))
            status.content = content
            change(&status)
            return try Statuses.insert(status, in: tx)
        }
    }

    private func index(_ store: TestStore, limit: Int = 100) async throws {
        try await store.write { tx in
            try SearchIndex.catchUp(limit: limit, words: TestWords.of, cut: { $0 }, in: tx)
        }
    }

    private func find(
        _ words: String..., without: [String] = [], marks: [SearchMark] = [],
        range: SearchRange = SearchRange(),
        limit: Int = 40, offset: Int = 0, in store: TestStore
    ) throws -> [StatusID] {
        var expression = SearchExpression()
        for word in words { expression.add(word) }
        for word in without { expression.add(word, isUnwanted: true) }
        for mark in marks { expression.add(mark) }
        return try store.read {
            try SearchIndex.find(expression, range, limit: limit, offset: offset, in: $0)
        }
    }

    private func actor(_ store: TestStore, _ name: String = "ada") async throws -> ActorID {
        try await store.write { tx in try Actors.save(.make(name), in: tx) }
    }

    @Test func `other options of a poll are found, and leave the index with their words`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let id = try await post("colours", by: ada, number: 1, in: store)
        func poll(_ names: [String]) async throws {
            try await store.write { tx in
                try Polls.save(
                    Poll(
                        status: id, isMultiple: false, endsAt: nil,
                        options: names.map { Poll.Option(name: $0, votes: 0) }, readAt: TestStore.now), in: tx
                )
            }
        }
        try await poll(["red"])
        try await index(store)
        #expect(try find("red", in: store) == [id])
        try await poll(["green and a good many other words that no index has seen before", "blue"])
        try await index(store)
        #expect(try find("red", in: store) == [])
        #expect(try find("green", in: store) == [id])
        try await store.write { tx in try Statuses.delete(id, in: tx) }
        try await index(store)
        #expect(try find("colours", in: store) == [])
        #expect(try !store.read { try SearchIndex.isBehind(in: $0) })
    }

    @Test func `words that the index never had do not stop it`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let id = try await post("short", by: ada, number: 1, in: store)
        try await index(store)
        try await store.write { tx in
            try tx.db.run(
                "UPDATE statuses SET content = 'far longer than all that the index holds of it' WHERE id = ?",
                id)
            try Statuses.delete(id, in: tx)
        }
        let other = try await post("another", by: ada, number: 2, in: store)
        try await index(store)
        #expect(try find("another", in: store) == [other])
        #expect(try find("short", in: store) == [])
        #expect(try !store.read { try SearchIndex.isBehind(in: $0) })
    }

    @Test func `of a long phrase only the beginning is looked for`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let words = (1...40).map { "w\($0)" }
        let id = try await post(words.joined(separator: " "), by: ada, number: 1, in: store)
        try await index(store)
        #expect(try find((words[..<16] + ["other"]).joined(separator: "."), in: store) == [id])
        #expect(try find((words[..<15] + ["other"]).joined(separator: "."), in: store) == [])
    }

    @Test func `a post is found by its words once it is indexed, the newest first`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let first = try await post("Café by the lake", by: ada, number: 1, in: store)
        let second = try await post("the cafe is closed", by: ada, number: 2, in: store)
        #expect(try find("cafe", in: store) == [])
        #expect(try store.read { try SearchIndex.isBehind(in: $0) })
        try await index(store)
        #expect(try !store.read { try SearchIndex.isBehind(in: $0) })
        #expect(try find("CAFÉ", in: store) == [second, first])
        #expect(try find("the", "lake", in: store) == [first])
        #expect(try find("the lake", in: store) == [first])
        #expect(try find("lake the", in: store) == [])
        #expect(try find("cafe", without: ["closed", "nothing"], in: store) == [first])
        #expect(try find("cafe", limit: 1, offset: 1, in: store) == [first])
        #expect(try find("cafe", offset: 2, in: store) == [])
    }

    @Test func `what came late is still shown in the order of the dates`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let new = try await post("one", by: ada, number: 9, in: store)
        let old = try await post("one", by: ada, number: 1, in: store)
        try await index(store)
        #expect(try find("one", in: store) == [new, old])
    }

    @Test func `an edited post is found by its new words only`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let id = try await post("before", by: ada, number: 1, in: store)
        let other = try await post("before", by: ada, number: 2, in: store)
        try await index(store)
        try await store.write { tx in
            var status = try #require(try Statuses.find(id, in: tx))
            status.content = "afterwards"
            try Statuses.update(status, in: tx)
        }
        #expect(try find("before", in: store) == [other], "at once")
        try await index(store)
        #expect(try find("before", in: store) == [other])
        #expect(try find("afterwards", in: store) == [id])
        #expect(try terms(store) == ["afterwards", "before", "\u{E000}a\(String(ada.value, radix: 36))"])
    }

    @Test func `a deleted post leaves no word in the index, and its number is not used again`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let first = try await post("secret", by: ada, number: 1, in: store)
        let second = try await post("secret plan", by: ada, number: 2, in: store)
        try await index(store)
        try await store.write { tx in try Statuses.delete(second, in: tx) }
        #expect(try find("secret", in: store) == [first], "at once")
        let third = try await post("other", by: ada, number: 3, in: store)
        try await index(store)
        #expect(try find("secret", in: store) == [first])
        #expect(try find("other", in: store) == [third])
        #expect(try terms(store) == ["other", "secret", "\u{E000}a\(String(ada.value, radix: 36))"])
        try await store.write { tx in
            try Statuses.delete(third, in: tx)
            try Statuses.delete(first, in: tx)
        }
        try await index(store)
        #expect(try terms(store) == [])
        let fourth = try await post("again", by: ada, number: 4, in: store)
        try await index(store)
        #expect(try find("again", in: store) == [fourth])
        #expect(try find("secret", in: store) == [])
    }

    @Test func `a post that is gone before it was indexed never comes into the index`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        try await index(store)
        let id = try await post("short lived", by: ada, number: 1, in: store)
        try await store.write { tx in try Statuses.delete(id, in: tx) }
        try await index(store)
        #expect(try terms(store) == [])
        #expect(try !store.read { try SearchIndex.isBehind(in: $0) })
    }

    @Test func `more deletions than are taken at once take nothing out that was not in`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        var ids: [StatusID] = []
        for number in 1...5 { ids.append(try await post("word", by: ada, number: number, in: store)) }
        try await index(store, limit: 2)
        let gone = ids.prefix(4)
        try await store.write { [gone] tx in for id in gone { try Statuses.delete(id, in: tx) } }
        for _ in 0..<3 { try await index(store, limit: 2) }
        #expect(try !store.read { try SearchIndex.isBehind(in: $0) })
        #expect(try find("word", in: store) == [ids[4]])
        for id in [ids[4]] { try await store.write { tx in try Statuses.delete(id, in: tx) } }
        try await index(store)
        #expect(try terms(store) == [])
    }

    @Test func `indexing goes on where it was, bit by bit and after a stop`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        var ids: [StatusID] = []
        for number in 1...7 { ids.append(try await post("word", by: ada, number: number, in: store)) }
        try await index(store, limit: 3)
        #expect(try find("word", in: store) == ids.prefix(3).reversed())
        await store.store.close()
        let again = try Store(path: store.path)
        for _ in 0..<2 {
            try await again.write { tx in
                try SearchIndex.catchUp(limit: 3, words: TestWords.of, cut: { $0 }, in: tx)
            }
        }
        var expression = SearchExpression()
        expression.add("word")
        #expect(
            try again.read {
                try SearchIndex.find(expression, SearchRange(), limit: 40, offset: 0, in: $0)
            } == ids.reversed())
        #expect(try !again.read { try SearchIndex.isBehind(in: $0) })
        await again.close()
    }

    @Test func `properties are found like words`() async throws {
        let store = try TestStore()
        let (ada, bob) = (try await actor(store), try await actor(store, "bob"))
        let plain = try await post("x", by: ada, number: 1, in: store)
        let full = try await post("x", by: bob, number: 2, in: store) { status in
            status.sensitive = true
            status.language = "de-AT"
            status.visibility = .private
            status.inReplyToURI = "https://lake.example/gone"
            status.spoiler = "careful"
        }
        try await store.write { tx in
            var picture = Attachment(kind: .gifv, createdAt: TestStore.now)
            picture.status = full
            picture.description = "a red boat"
            _ = try Attachments.insert(picture, in: tx)
        }
        try await index(store)
        for mark: SearchMark in [.author(bob), .sensitive, .language("de"), .hidden, .reply, .media, .video] {
            #expect(try find("x", marks: [mark], in: store) == [full], "\(mark)")
        }
        for mark: SearchMark in [.image, .audio, .poll, .link, .language("en")] {
            #expect(try find("x", marks: [mark], in: store) == [], "\(mark)")
        }
        #expect(try find(marks: [.author(ada)], in: store) == [plain])
        #expect(try find("red boat", "careful", in: store) == [full])
    }

    @Test func `dates and ids bound what is found`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        var ids: [StatusID] = []
        for number in 1...3 { ids.append(try await post("x", by: ada, number: number, in: store)) }
        try await index(store)
        var range = SearchRange()
        range.from = TestStore.now + .seconds(2)
        #expect(try find("x", range: range, in: store) == [ids[2], ids[1]])
        range.until = TestStore.now + .seconds(3)
        #expect(try find("x", range: range, in: store) == [ids[1]])
        range = SearchRange()
        range.maxID = ids[2].value
        range.minID = ids[0].value
        #expect(try find("x", range: range, in: store) == [ids[1]])
        range = SearchRange()
        range.from = Timestamp(milliseconds: .max)
        range.until = Timestamp(milliseconds: .min)
        #expect(try find("x", range: range, in: store) == [])
    }

    @Test func `boosts are not numbered`() async throws {
        let store = try TestStore()
        let ada = try await actor(store)
        let id = try await post("x", by: ada, number: 1, in: store)
        let boost = try await post("", by: ada, number: 2, in: store) { $0.reblogOf = id }
        try await store.write { tx in
            let status = try #require(try Statuses.find(boost, in: tx))
            try Statuses.update(status, in: tx)
        }
        #expect(try store.read { try $0.db.all("SELECT doc FROM search_docs") { $0.int(0) } } == [1])
    }

    /// Every word of the index that a post has.
    private func terms(_ store: TestStore) throws -> [String] {
        let vocabulary = try Connection(path: store.path)
        try vocabulary.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'search', 'row')")
        return try vocabulary.all("SELECT term FROM temp.terms ORDER BY term") { $0.text(0) }
    }
}

/// Takes the text as it is.
private enum TestWords {
    static func of(_ post: SearchedPost) -> String { "\(post.content) \(post.parts) \(post.marks)" }
}
