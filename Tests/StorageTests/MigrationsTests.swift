import Basics
import Foundation
import SQLite
import Testing

@testable import Storage

@Suite struct MigrationsTests {
    /// A database as the first version left it, with a row in every table that matters.
    private func old() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "islet.db").path()
        let connection = try Connection(path: path)
        try connection.execute("PRAGMA page_size = 2048; PRAGMA journal_mode = WAL")
        try Migrator(Array(Migrations.all.prefix(1))).migrate(connection)
        try connection.execute(
            """
            INSERT INTO settings VALUES ('domain', 'pond.example'), ('cleanStop', '1');
            INSERT INTO owner (actor, password, private_key, instance_key, instance_public_key)
                VALUES (1, 'secret', 'a', 'b', 'c');
            INSERT INTO hosts (name, failures) VALUES ('lake.example', 2);
            INSERT INTO inboxes (host, url) VALUES (1, 'https://lake.example/inbox');
            INSERT INTO actors (id, uri_hash, uri, username, domain, inbox, created_at)
                VALUES (1, 11, 'https://pond.example/users/frog', 'frog', NULL, NULL, 5),
                    (2, \(URIHash.of("https://lake.example/users/ann")), 'https://lake.example/users/ann', 'ann',
                        'lake.example', 1, 5);
            INSERT INTO statuses (id, uri_hash, uri, actor, created_at, visibility, content)
                VALUES (3, 13, 'https://pond.example/3', 1, 5, 0, 'ribbit'),
                    (4, 14, 'https://lake.example/4', 2, 5, 0, 'quack');
            INSERT INTO home VALUES (3), (4);
            INSERT INTO mentions VALUES (4, 1);
            INSERT INTO following (actor, uri, accepted) VALUES (2, 'f', 1);
            INSERT INTO followers (actor, uri) VALUES (2, 'g');
            INSERT INTO favourites (actor, status, uri) VALUES (2, 3, 'l');
            INSERT INTO pins VALUES (3, 6);
            INSERT INTO notifications (kind, actor, status) VALUES (0, 2, 4);
            INSERT INTO status_edits (status, created_at, content, sensitive) VALUES (3, 5, 'rib', 0);
            INSERT INTO seen_activities VALUES (7, 8);
            INSERT INTO tombstones VALUES (9, 10);
            INSERT INTO outbox (id, kind, status, body, pending, created_at) VALUES (1, 'Create', 3, x'01', 1, 5);
            INSERT INTO deliveries (inbox, item, attempts) VALUES (1, 1, 4);
            """)
        return path
    }

    @Test func `a database of the first version comes along with all it holds`() async throws {
        let path = try old()
        defer {
            try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
        }
        #expect(try Store.inspect(path: path).version == 1)
        let store = try Store(path: path)
        try store.read { snapshot throws -> Void in
            #expect(try Settings.text(.domain, in: snapshot) == "pond.example")
            #expect(try Owner.load(in: snapshot)?.actor == ActorID(1))
            let ann = try #require(try Actors.find(uri: "https://lake.example/users/ann", in: snapshot))
            #expect(ann.inbox == "https://lake.example/inbox" && !ann.isSuspended && ann.alsoKnownAs == [])
            let post = try #require(try Statuses.find(StatusID(3), in: snapshot))
            #expect(post.content == "ribbit" && post.rights == nil && post.toldLikes == nil)
            #expect(try HomeTimeline.page(Page(limit: 9), in: snapshot) == [StatusID(4), StatusID(3)])
            #expect(try Mentions.contains(status: StatusID(4), actor: ActorID(1), in: snapshot))
            #expect(try Following.contains(ActorID(2), in: snapshot))
            #expect(try Followers.contains(ActorID(2), in: snapshot))
            #expect(try Favourites.counts(of: "[3]", in: snapshot) == [StatusID(3): 1])
            #expect(try Pins.of(ActorID(1), in: snapshot) == [StatusID(3)])
            #expect(
                try Notifications.page(
                    Page(limit: 9), kinds: Set(Notification.Kind.allCases), actor: ActorID(2), in: snapshot
                ).map(\.status) == [StatusID(4)])
            #expect(try StatusEdits.of(StatusID(3), in: snapshot).map(\.content) == ["rib"])
            let due = try #require(try Deliveries.due(at: TestStore.now, limit: 9, in: snapshot).first)
            #expect(due.item == 1 && due.attempts == 4 && !due.isUnsure && due.hostName == "lake.example")
            guard case .send(let sending) = try Deliveries.turn(of: due, in: snapshot) else {
                Issue.record("not sent")
                return
            }
            #expect(sending.body == [1] && sending.status == StatusID(3) && !sending.synchronizes)
        }
        let report = try Store.inspect(path: path)
        #expect(report.version == Migrations.all.count && report.problem == nil)
        await store.close()
    }

    @Test func `direct posts that are here already are conversations afterwards`() async throws {
        let path = try old()
        defer {
            try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
        }
        do {
            let connection = try Connection(path: path)
            try connection.execute(
                """
                INSERT INTO statuses (id, uri_hash, uri, actor, created_at, visibility, in_reply_to, conversation)
                    VALUES (10, 0, 'a', 2, 5, 3, NULL, NULL), (11, 0, 'b', 1, 5, 3, 10, 'x'),
                        (12, 0, 'c', 2, 5, 3, 11, 'y'), (13, 0, 'd', 1, 5, 3, NULL, 'z'),
                        (14, 0, 'e', 2, 5, 3, 12, NULL), (15, 0, 'f', 2, 5, 3, 15, NULL),
                        (16, 0, 'g', 2, 5, 2, NULL, NULL), (17, 0, 'h', 2, 5, 3, NULL, NULL);
                INSERT INTO mentions VALUES (10, 1), (11, 2), (12, 1), (14, 1), (14, 3), (16, 1);
                """)
        }
        let store = try Store(path: path)
        let found = try store.read { try Conversations.page(Page(limit: 9), in: $0) }
        #expect(found.map(\.lastStatus.value) == [14, 13, 12] && found.allSatisfy { !$0.isUnread })
        #expect(found.map(\.participants) == [[ActorID(2), ActorID(3)], [], [ActorID(2)]])
        // They go on where they are.
        let next = try await store.write { tx in
            var status = Status.make("next", by: ActorID(2), .direct)
            status.inReplyTo = StatusID(12)
            let id = try Statuses.insert(status, id: StatusID(20), in: tx)
            try Mentions.insert(status: id, actor: ActorID(1), in: tx)
            try Conversations.add(id, owner: ActorID(1), at: TestStore.now, in: tx)
            return try Conversations.find(found[2].id, in: tx)
        }
        #expect(next?.lastStatus == StatusID(20) && next?.isUnread == true)
        await store.close()
    }

    @Test func `hashes that anybody could make are gone, and the new key stays the same`() async throws {
        let path = try old()
        defer {
            try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
        }
        var keys: [String?] = []
        for _ in 0..<2 {
            let store = try Store(path: path)
            keys.append(try store.read { try Settings.text(.hashKey, in: $0) })
            let rows = try store.read { snapshot in
                try snapshot.db.first(
                    "SELECT (SELECT count(*) FROM seen_activities) + (SELECT count(*) FROM tombstones)"
                ) { $0.int(0) }
            }
            #expect(rows == 0)
            await store.close()
        }
        #expect(keys[0]?.utf8.count == 32 && keys[0] == keys[1])
    }

    @Test func `pictures in texts get addresses of their own, and whoever used them keeps them`() async throws
    {
        let path = try old()
        defer {
            try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
        }
        do {
            let connection = try Connection(path: path)
            func kept(_ name: String) -> String {
                #"{"shortcode":"\#(name)","url":"https://lake.example/\#(name).png","visible_in_picker":false}"#
            }
            try connection.execute(
                """
                UPDATE actors SET emojis = '[\(kept("cat"))]' WHERE id = 2;
                UPDATE statuses SET emojis = '[\(kept("cat")),\(kept("bear"))]' WHERE id = 4;
                UPDATE statuses SET emojis = '[]' WHERE id = 3;
                """)
        }
        let store = try Store(path: path)
        try store.read { snapshot throws -> Void in
            let ann = try #require(try Actors.find(ActorID(2), in: snapshot))
            let post = try #require(try Statuses.find(StatusID(4), in: snapshot))
            #expect(try Statuses.find(StatusID(3), in: snapshot)?.emojis == nil)
            #expect(Emojis.list(ann.emojis).map(\.shortcode) == ["cat"])
            #expect(Set(Emojis.list(post.emojis).map(\.shortcode)) == ["cat", "bear"])
            #expect(Emojis.list(post.emojis).contains { $0.id == Emojis.list(ann.emojis)[0].id })
            let rows = try snapshot.db.all("SELECT domain, url FROM emojis ORDER BY url") {
                "\($0.text(0)) \($0.text(1))"
            }
            #expect(
                rows == [
                    "lake.example https://lake.example/bear.png", "lake.example https://lake.example/cat.png",
                ])
            #expect(try Settings.text(.mediaSecret, in: snapshot)?.utf8.count == 64)
        }
        await store.close()
    }

    @Test func `a database that was migrated has the same schema as a new one`() async throws {
        let path = try old()
        defer {
            try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
        }
        let migrated = try Store(path: path)
        let fresh = try TestStore()
        func schema(_ snapshot: Snapshot) throws -> [String] {
            try snapshot.db.all("SELECT name || ifnull(sql, '') FROM sqlite_schema ORDER BY name") {
                $0.text(0)
            }
        }
        #expect(try migrated.read(schema) == fresh.read(schema))
        await migrated.close()
    }
}
