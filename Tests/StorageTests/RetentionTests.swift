import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct RetentionTests {
    private let now = TestStore.now

    /// What is kept for how long, and how a row of it is made.
    private static let kinds:
        [(
            name: String, age: Duration, count: StaticString,
            make: @Sendable (Timestamp, Transaction) throws -> Void
        )] = [
            (
                "seen activities", .days(30), "SELECT count(*) FROM seen_activities",
                { _ = try SeenActivities.mark("a", at: $0, in: $1) }
            ),
            (
                "tombstones", .days(180), "SELECT count(*) FROM tombstones",
                { try Tombstones.insert("a", at: $0, in: $1) }
            ),
            (
                "idempotency keys", .zero, "SELECT count(*) FROM idempotency_keys",
                { try IdempotencyKeys.insert(digest: [1], status: StatusID(1), until: $0, in: $1) }
            ),
            (
                "codes", .zero, "SELECT count(*) FROM oauth_codes",
                {
                    let code = OAuthCodes.Code(
                        app: 1, redirectURI: "u", scopes: "read", challenge: nil, expiresAt: $0)
                    try OAuthCodes.insert(code, digest: [1], in: $1)
                }
            ),
            (
                "mutes", .zero, "SELECT count(*) FROM mutes",
                { try Mutes.insert(ActorID(1), notifications: true, until: $0, in: $1) }
            ),
            (
                "files without a post", .days(1), "SELECT count(*) FROM attachments",
                {
                    var file = Attachment(kind: .image, createdAt: $0)
                    file.file = "frog.png"
                    _ = try Attachments.insert(file, in: $1)
                }
            ),
        ]

    @Test(arguments: kinds.indices)
    func `each thing is kept for its time and not a moment longer`(index: Int) async throws {
        let kind = Self.kinds[index]
        let store = try TestStore()
        let now = now
        func count() throws -> Int { try store.read { try $0.db.first(kind.count) { $0.int(0) } } ?? -1 }
        try await store.write { try kind.make(now - kind.age, $0) }
        #expect(try store.read { try !Retention.isDue(at: now, in: $0) }, "\(kind.name)")
        #expect(try await store.write { try Retention.run(at: now, in: $0) }.isEmpty)
        #expect(try count() == 1, "\(kind.name)")
        let later = now + .milliseconds(1)
        #expect(try store.read { try Retention.isDue(at: later, in: $0) }, "\(kind.name)")
        let files = try await store.write { try Retention.run(at: later, in: $0) }
        #expect(try count() == 0, "\(kind.name)")
        #expect(files == (kind.name == "files without a post" ? ["frog.png"] : []))
        #expect(try store.read { try !Retention.isDue(at: later, in: $0) }, "\(kind.name)")
    }

    @Test func `what has no end and what belongs to a post stays`() async throws {
        let store = try TestStore()
        let later = now + .days(9_999)
        try await store.write { tx in
            try Mutes.insert(ActorID(1), notifications: true, until: nil, in: tx)
            var file = Attachment(kind: .image, createdAt: TestStore.now)
            file.file = "frog.png"
            file.status = StatusID(1)
            _ = try Attachments.insert(file, in: tx)
        }
        #expect(try store.read { try !Retention.isDue(at: later, in: $0) })
        #expect(try await store.write { try Retention.run(at: later, in: $0) }.isEmpty)
        #expect(try store.read { try Mutes.find(ActorID(1), at: later, in: $0) } != nil)
        #expect(try store.read { try Attachments.find(file: "frog.png", in: $0) } != nil)
    }
}
