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

    @Test func `of an edited post the newest versions are kept`() async throws {
        var post = Status.make("1", by: ActorID(1))
        post.id = try await insert(post)
        let other = try await insert(.make("2", by: ActorID(1)))
        for number in 0..<StatusEdits.limit + 3 {
            post.content = "\(number)"
            post.editedAt = now + .seconds(number)
            let version = post
            try await store.write { try StatusEdits.keep(version, in: $0) }
        }
        let kept = post
        try await store.write { tx in
            var second = kept
            second.id = other
            try StatusEdits.keep(second, in: tx)
        }
        let found = try store.read { try StatusEdits.of(kept.id, in: $0) }
        #expect(found.map(\.content) == (3..<StatusEdits.limit + 3).map { "\($0)" })
        #expect(found.first?.createdAt == now + .seconds(3))
        #expect(try store.read { try StatusEdits.of(other, in: $0).count } == 1)
    }

    @Test func `the owner's boosts that go with somebody's post are no longer counted`() async throws {
        let (owner, post) = try await store.write { tx in
            let owner = try Actors.save(.make("owner"), in: tx)
            let ann = try Actors.save(.make("ann"), in: tx)
            try tx.db.run(
                "INSERT INTO owner (actor, password, private_key, instance_key, instance_public_key) VALUES (?, '', '', '', '')",
                owner)
            let post = try Statuses.insert(.make("post", by: ann), in: tx)
            for (number, actor) in [owner, ann].enumerated() {
                var boost = Status.make("boost\(number)", by: actor)
                boost.reblogOf = post
                _ = try Statuses.insert(boost, in: tx)
                try Actors.count(actor, statuses: 5, in: tx)
            }
            return (owner, post)
        }
        func counts() throws -> [Int] {
            try store.read {
                try $0.db.all("SELECT statuses_count FROM actors ORDER BY id = ? DESC", owner) { $0.int(0) }
            }
        }
        try await store.write { tx in
            let boost = try #require(try Boosts.find(of: post, by: owner, in: tx))
            try Statuses.delete(boost, in: tx)
        }
        #expect(try counts() == [5, 5], "whoever deletes a boost counts it")
        var boost = Status.make("again", by: owner)
        boost.reblogOf = post
        _ = try await insert(boost)
        try await store.write { try Statuses.delete(post, in: $0) }
        #expect(try counts() == [4, 5])
    }

    @Test func `what its own server tells of a post comes back`() async throws {
        var post = Status.make("1", by: ActorID(1))
        post.id = try await insert(post)
        let bare = try #require(try store.read { try Statuses.find(post.id, in: $0) })
        #expect(
            bare.rights == nil && bare.repliesURI == nil && bare.toldLikes == nil && bare.toldShares == nil)
        var rights = InteractionRights()
        rights[.quote] = (automatic: .followers, manual: .everybody)
        post.rights = rights
        post.toldLikes = 0
        post.toldShares = 12
        for address in [
            post.uri + "/replies", post.uri + "?replies", "https://sea.example/r", post.uri + "http",
            post.uri,
        ] {
            post.repliesURI = address
            let told = post
            try await store.write { try Statuses.refresh(told, in: $0) }
            let found = try #require(try store.read { try Statuses.find(told.id, in: $0) })
            #expect(found.repliesURI == address)
            #expect(found.toldLikes == 0 && found.toldShares == 12 && found.rights == rights)
        }
        let id = post.id
        let stored = try store.read { try $0.db.first("SELECT replies FROM statuses") { $0.text(0) } }
        #expect(stored == post.uri, "no end of its own is left")
        try await store.write { try Statuses.setRights(nil, of: id, in: $0) }
        #expect(try store.read { try Statuses.find(id, in: $0)?.rights } == nil)
    }

    @Test func `a profile shows what its reader may see and asked for`() async throws {
        let now = now
        let author = ActorID(1)
        func shown(_ change: (inout ProfileFilter) -> Void) throws -> [String] {
            var filter = ProfileFilter()
            change(&filter)
            return try store.read { snapshot in
                let ids = try Statuses.page(of: author, Page(limit: 40), filter: filter, in: snapshot)
                #expect(
                    try Statuses.page(of: author, Page(minID: 0, limit: 40), filter: filter, in: snapshot)
                        == ids)
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
            for name in ["a.png", "b.png"] {
                file.file = name
                _ = try Attachments.insert(file, in: tx)
            }
            _ = try add("followers", .private)
            _ = try add("direct", .direct)
            _ = try add("reply", .public) { $0.inReplyToActor = ActorID(2) }
            _ = try add("self-reply", .public) {
                $0.inReplyToActor = author
                $0.inReplyTo = open
            }
            _ = try add("boost", .public) { $0.reblogOf = StatusID(77) }
            let other = try Statuses.insert(.make("other", by: ActorID(2)), in: tx)
            try Hashtags.insert("frogs", status: other, in: tx)
        }
        #expect(try shown { _ in } == ["boost", "self-reply", "reply", "quiet", "open"])
        #expect(try shown { $0.visibility = .direct }.count == 7)
        #expect(try shown { $0.excludesReplies = true } == ["boost", "self-reply", "quiet", "open"])
        #expect(try shown { $0.excludesReblogs = true } == ["self-reply", "reply", "quiet", "open"])
        #expect(try shown { $0.onlyMedia = true } == ["quiet"])
        #expect(
            try shown {
                $0.onlyMedia = true
                $0.hasOwnFiles = true
            } == ["quiet"])
        #expect(try shown { $0.hashtag = "frogs" } == ["open"])
        #expect(try shown { $0.hashtag = "toads" } == [])
        #expect(try store.read { try Statuses.countOpen(of: author, in: $0) } == 5)
    }
}
