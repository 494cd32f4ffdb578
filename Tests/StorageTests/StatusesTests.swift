import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct StatusesTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func insert(_ status: Status, source: String? = nil) async throws -> StatusID {
        try await store.write { try Statuses.insert(status, source: source, in: $0) }
    }

    @Test func `a post comes back as it was stored`() async throws {
        var status = Status.make("1", by: ActorID(5), .private)
        status.inReplyToActor = ActorID(6)
        status.inReplyToURI = "https://sea.example/parent"
        status.sensitive = true
        status.spoiler = "frogs"
        status.content = "<p>ribbit</p>"
        status.url = "https://lake.example/@ann/1"
        status.language = "en"
        status.emojis = "[]"
        status.conversation = "c"
        status.application = 3
        status.editedAt = now + .minutes(1)
        let id = try await insert(status, source: "ribbit")
        let found = try #require(try store.read { try Statuses.find(uri: status.uri, in: $0) })
        #expect(
            found.id == id && found.actor == ActorID(5) && found.visibility == .private
                && found.createdAt == now)
        #expect(
            found.inReplyToActor == ActorID(6) && found.inReplyToURI == status.inReplyToURI
                && found.inReplyTo == nil)
        #expect(
            found.sensitive && found.spoiler == "frogs" && found.content == status.content
                && found.url == status.url)
        #expect(
            found.language == "en" && found.emojis == "[]" && found.conversation == "c"
                && found.application == 3)
        #expect(found.editedAt == status.editedAt && found.reblogOf == nil)
        #expect(try store.read { try Statuses.source(of: id, in: $0) } == "ribbit")
        #expect(try store.read { try Statuses.id(forURI: "https://lake.example/notes/2", in: $0) } == nil)
        let several = try store.read { try Statuses.find([id, StatusID(1)], in: $0) }
        #expect(several.keys.map(\.self) == [id])
    }

    @Test func `an id is made of the post's date`() async throws {
        let id = try await insert(.make("1", by: ActorID(1)))
        #expect(id.value >> 16 == now.milliseconds)
    }

    @Test func `a reply that came before its parent is joined with it`() async throws {
        var reply = Status.make("reply", by: ActorID(2))
        reply.inReplyToURI = "https://lake.example/notes/parent"
        let replyID = try await insert(reply)
        let parent = try await insert(.make("parent", by: ActorID(1)))
        let found = try #require(try store.read { try Statuses.find(replyID, in: $0) })
        #expect(found.inReplyTo == parent && found.inReplyToActor == ActorID(1) && found.inReplyToURI == nil)
    }

    @Test func `deleting a post takes everything that hangs on it, and nothing else`() async throws {
        let now = now
        let counts = try await store.write { tx -> [String: Int] in
            func hang(on status: StatusID, number: Int) throws {
                var boost = Status.make("boost\(number)", by: ActorID(9))
                boost.reblogOf = status
                let boostID = try Statuses.insert(boost, in: tx)
                for id in [status, boostID] {
                    try HomeTimeline.add(id, in: tx)
                    try Notifications.add(.status, from: ActorID(9), status: id, at: now, in: tx)
                }
                try Mentions.insert(status: status, actor: ActorID(4), in: tx)
                try Hashtags.insert("frogs", status: status, in: tx)
                var remote = Attachment(kind: .image, createdAt: now)
                remote.status = status
                remote.remoteURL = "https://lake.example/1.png"
                _ = try Attachments.insert(remote, in: tx)
                _ = try Favourites.insert(actor: ActorID(7), status: status, uri: "l\(number)", in: tx)
                try Bookmarks.insert(status, in: tx)
                try Pins.insert(status, at: now, in: tx)
                if let post = try Statuses.find(status, in: tx) { try StatusEdits.keep(post, in: tx) }
            }
            let gone = try Statuses.insert(.make("gone", by: ActorID(1)), in: tx)
            let kept = try Statuses.insert(.make("kept", by: ActorID(1)), in: tx)
            try hang(on: gone, number: 1)
            try hang(on: kept, number: 2)
            try Statuses.delete(gone, in: tx)
            let tables: [(String, StaticString)] = [
                ("statuses", "SELECT count(*) FROM statuses"), ("home", "SELECT count(*) FROM home"),
                ("notifications", "SELECT count(*) FROM notifications"),
                ("mentions", "SELECT count(*) FROM mentions"),
                ("hashtags", "SELECT count(*) FROM status_hashtags"),
                ("files", "SELECT count(*) FROM attachments"),
                ("favourites", "SELECT count(*) FROM favourites"),
                ("bookmarks", "SELECT count(*) FROM bookmarks"),
                ("pins", "SELECT count(*) FROM pins"), ("edits", "SELECT count(*) FROM status_edits"),
            ]
            var counts: [String: Int] = [:]
            for (name, sql) in tables { counts[name] = try tx.db.first(sql) { $0.int(0) } }
            return counts
        }
        #expect(
            counts == [
                "statuses": 2, "home": 2, "notifications": 2, "mentions": 1, "hashtags": 1, "files": 1,
                "favourites": 1,
                "bookmarks": 1, "pins": 1, "edits": 1,
            ])
    }

    @Test func `the owner's files outlive their post for a day, and replies remember their parent's address`()
        async throws
    {
        var file = Attachment(kind: .image, createdAt: Timestamp(milliseconds: 0))
        file.file = "frog.png"
        let parent = try await insert(.make("parent", by: ActorID(1)))
        var reply = Status.make("reply", by: ActorID(2))
        reply.inReplyTo = parent
        let replyID = try await insert(reply)
        let own = file
        let fileID = try await store.write { tx in
            let id = try Attachments.insert(own, in: tx)
            #expect(try Attachments.attach(id, to: parent, position: 0, in: tx))
            try Statuses.delete(parent, in: tx)
            return id
        }
        let left = try #require(try store.read { try Attachments.find(fileID, in: $0) })
        #expect(left.status == nil && left.createdAt > Timestamp(milliseconds: 0))
        let found = try #require(try store.read { try Statuses.find(replyID, in: $0) })
        #expect(found.inReplyTo == nil && found.inReplyToURI == "https://lake.example/notes/parent")
    }

    @Test func `a conversation is read from its root to its leaves`() async throws {
        let now = now
        let ids = try await store.write { tx -> [StatusID] in
            var ids: [StatusID] = []
            // 0 <- 1 <- 2, 1 <- 3, 0 <- 4
            for (number, parent) in [nil, 0, 1, 1, 0].enumerated() {
                var status = Status.make("\(number)", by: ActorID(1), at: now + .seconds(number))
                status.inReplyTo = parent.map { ids[$0] }
                ids.append(try Statuses.insert(status, in: tx))
            }
            return ids
        }
        let (up, short, down, few) = try store.read { snapshot in
            (
                try Statuses.ancestors(of: ids[2], limit: 40, in: snapshot),
                try Statuses.ancestors(of: ids[2], limit: 1, in: snapshot),
                try Statuses.descendants(of: ids[0], limit: 40, in: snapshot),
                try Statuses.descendants(of: ids[0], limit: 2, in: snapshot)
            )
        }
        #expect(up == [ids[0], ids[1]] && short == [ids[1]])
        #expect(down == [ids[1], ids[2], ids[3], ids[4]] && few == [ids[1], ids[2]])
    }

    @Test func `parents that go round in a ring do not hang it`() async throws {
        let counts = try await store.write { tx in
            var first = Status.make("a", by: ActorID(1))
            first.inReplyTo = StatusID(2)
            var second = Status.make("b", by: ActorID(1))
            second.inReplyTo = StatusID(1)
            _ = try Statuses.insert(first, id: StatusID(1), in: tx)
            _ = try Statuses.insert(second, id: StatusID(2), in: tx)
            return (
                try Statuses.ancestors(of: StatusID(1), limit: 30, in: tx).count,
                try Statuses.descendants(of: StatusID(1), limit: 30, in: tx).count
            )
        }
        #expect(counts == (30, 30))
    }

    @Test func `a profile shows what its reader may see and asked for`() async throws {
        let now = now
        let author = ActorID(1)
        func shown(_ change: (inout ProfileFilter) -> Void) throws -> [String] {
            var filter = ProfileFilter()
            change(&filter)
            return try store.read { snapshot in
                let ids = try Statuses.page(of: author, Page(limit: 40), filter: filter, in: snapshot)
                let posts = try Statuses.find(ids, in: snapshot)
                return ids.compactMap { posts[$0].map { String($0.uri.split(separator: "/").last ?? "") } }
            }
        }
        try await store.write { tx in
            var moment = now
            func add(_ name: String, _ visibility: Visibility, _ change: (inout Status) -> Void = { _ in })
                throws -> StatusID
            {
                moment = moment + .seconds(1)
                var status = Status.make(name, by: author, at: moment, visibility)
                change(&status)
                return try Statuses.insert(status, in: tx)
            }
            let open = try add("open", .public)
            try Hashtags.insert("frogs", status: open, in: tx)
            let quiet = try add("quiet", .unlisted)
            var file = Attachment(kind: .image, createdAt: now)
            file.status = quiet
            _ = try Attachments.insert(file, in: tx)
            _ = try add("followers", .private)
            _ = try add("direct", .direct)
            _ = try add("reply", .public) { $0.inReplyToActor = ActorID(2) }
            _ = try add("self-reply", .public) {
                $0.inReplyToActor = author
                $0.inReplyTo = open
            }
            _ = try add("boost", .public) { $0.reblogOf = StatusID(77) }
            _ = try Statuses.insert(.make("other", by: ActorID(2)), in: tx)
        }
        #expect(try shown { _ in } == ["boost", "self-reply", "reply", "quiet", "open"])
        #expect(try shown { $0.visibility = .direct }.count == 7)
        #expect(try shown { $0.excludesReplies = true } == ["boost", "self-reply", "quiet", "open"])
        #expect(try shown { $0.excludesReblogs = true } == ["self-reply", "reply", "quiet", "open"])
        #expect(try shown { $0.onlyMedia = true } == ["quiet"])
        #expect(try shown { $0.hashtag = "frogs" } == ["open"])
        #expect(try store.read { try Statuses.countOpen(of: author, in: $0) } == 5)
    }
}
