import Basics
import Storage
import Testing

@Suite struct RemoteFilesTests {
    @Test func `every kind is found with its owner and its page, unless it is blocked`() async throws {
        let store = try TestStore()
        let (anna, file, emoji) = try await store.write { tx in
            var anna = Actor.make("anna")
            (anna.avatar, anna.header) = ("https://cdn.example/a.png", "https://cdn.example/h.png")
            let id = try Actors.save(anna, in: tx)
            let status = try Statuses.insert(Status.make("1", by: id), in: tx)
            var attachment = Attachment(kind: .video, createdAt: TestStore.now)
            (attachment.status, attachment.remoteURL) = (status, "https://cdn.example/v.mp4")
            attachment.previewURL = "https://cdn.example/p.jpg"
            let file = try Attachments.insert(attachment, in: tx)
            let kept = try Emojis.keep([("blob", "https://cdn.example/b.png")], of: "lake.example", in: tx)
            return (id, file, try #require(Emojis.list(kept).first).id)
        }
        let files = [
            RemoteFile(.avatar, anna.value), RemoteFile(.header, anna.value),
            RemoteFile(.attachment, file.value), RemoteFile(.preview, file.value), RemoteFile(.emoji, emoji),
        ]
        let found = try store.read { try RemoteFiles.find(files, in: $0) }
        #expect(
            files.map { found[$0]?.url }
                == ["a.png", "h.png", "v.mp4", "p.jpg", "b.png"].map {
                    "https://cdn.example/" + $0
                })
        #expect(files.map { found[$0]?.acct } == Array(repeating: "anna@lake.example", count: 4) + [nil])
        #expect(found[files[2]]?.page == "https://lake.example/notes/1")
        #expect(found[files[0]]?.page == "https://lake.example/users/anna")
        for domain in ["lake.example", "cdn.example"] {
            try await store.write { try DomainBlocks.insert(domain, in: $0) }
            #expect(try store.read { try RemoteFiles.find(files, in: $0) }.isEmpty, "\(domain)")
            try await store.write { try DomainBlocks.remove(domain, in: $0) }
        }
        try await store.write { _ = try Blocks.insert(anna, uri: "b", in: $0) }
        let left = try store.read { try RemoteFiles.find(files, in: $0) }
        #expect(Set(left.keys) == [files[4]], "nobody knows whose a picture in texts is")
        #expect(try store.read { try RemoteFiles.find(RemoteFile(.card, 1), in: $0) } == nil)
    }

    @Test func `a host that is not written as DNS does counts as blocked when any is`() async throws {
        let store = try TestStore()
        let emoji = try await store.write { tx in
            let kept = try Emojis.keep([("blob", "https://s\u{E9}e.example/b.png")], of: "a.example", in: tx)
            return RemoteFile(.emoji, try #require(Emojis.list(kept).first).id)
        }
        #expect(try store.read { try RemoteFiles.find(emoji, in: $0) } != nil)
        try await store.write { try DomainBlocks.insert("xn--se-bja.example", in: $0) }
        #expect(try store.read { try RemoteFiles.find(emoji, in: $0) } == nil)
        let named = try store.read { try RemoteFiles.named([emoji], in: $0) }
        #expect(named[emoji]?.hosts == ["s\u{E9}e.example", "a.example"], "the owner still sees whose it is")
    }
}
