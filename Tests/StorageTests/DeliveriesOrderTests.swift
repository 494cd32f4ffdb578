import Basics
import SQLite
import Testing

@testable import Storage

/// What later letters mean for an earlier one that still waits, for one inbox and beside another.
@Suite struct DeliveriesOrderTests {
    private let store: TestStore
    private let now = TestStore.now
    private let here: Int64
    private let there: Int64

    init() async throws {
        store = try TestStore()
        (here, there) = try await store.write { tx in
            (
                try Inboxes.id(of: "https://a.example/inbox", in: tx),
                try Inboxes.id(of: "https://b.example/inbox", in: tx)
            )
        }
    }

    private func send(
        _ kind: String, _ body: String, concerns: String? = nil, cancels: String? = nil,
        status: StatusID? = nil, to inboxes: Int64...
    ) async throws {
        let now = now
        let to = inboxes.isEmpty ? [here] : inboxes
        try await store.write { tx in
            let letter = Deliveries.Letter(
                kind: kind, body: Array(body.utf8), status: status, concerns: concerns, cancels: cancels)
            try Deliveries.enqueue(letter, to: to, at: now, in: tx)
        }
    }

    /// An edit as the outbox writes it: the Create that waits takes the new text, and an Update follows.
    private func edit(_ body: String, to inboxes: Int64...) async throws {
        try await store.write {
            try Deliveries.replaceCreate(of: StatusID(1), with: Array(body.utf8), in: $0)
        }
        let now = now
        let to = inboxes.isEmpty ? [here] : inboxes
        try await store.write { tx in
            let letter = Deliveries.Letter(
                kind: "Update", body: Array(body.utf8), status: StatusID(1), concerns: "post")
            try Deliveries.enqueue(letter, to: to, at: now, in: tx)
        }
    }

    private func head(_ inbox: Int64) throws -> Deliveries.Due {
        try #require(
            try store.read { try Deliveries.due(at: now, limit: 9, in: $0) }.first { $0.inbox == inbox })
    }

    /// What is done about the first item, in words.
    private func turn(_ inbox: Int64, knowing known: Deliveries.Sending? = nil) throws -> String {
        let due = try head(inbox)
        switch try store.read({ try Deliveries.turn(of: due, knowing: known, in: $0) }) {
        case .send(let sending):
            let text = sending.kind + " " + String(decoding: sending.body, as: UTF8.self)
            return try sending.contains.map { try "\(text) with \(name(of: $0))" } ?? text
        case .cancelled(let last): return try "cancelled through \(name(of: last))"
        case .superseded: return "superseded"
        case .gone: return "gone"
        }
    }

    private func name(of item: Int64) throws -> String {
        try store.read { try $0.db.first("SELECT body FROM outbox WHERE id = ?", item) { $0.text(0) } } ?? "-"
    }

    /// Works through the first item as the worker does when all goes well.
    private func work(_ inbox: Int64) async throws {
        let due = try head(inbox)
        let turn = try store.read { try Deliveries.turn(of: due, in: $0) }
        try await store.write { tx in
            switch turn {
            case .send(let sending): try Deliveries.settle(due, containing: sending.contains, in: tx)
            case .cancelled(let last): try Deliveries.cancel(due, through: last, in: tx)
            case .superseded, .gone: try Deliveries.settle(due, containing: nil, in: tx)
            }
        }
    }

    private func waiting(_ inbox: Int64) throws -> [String] {
        try store.read { snapshot in
            try snapshot.db.all(
                "SELECT o.body FROM deliveries d JOIN outbox o ON o.id = d.item WHERE d.inbox = ? ORDER BY d.item",
                inbox
            ) { $0.text(0) }
        }
    }

    private func fail(_ inbox: Int64, isUnsure: Bool) async throws {
        let due = try head(inbox)
        let now = now
        try await store.write { tx in
            try Deliveries.postpone(inbox: inbox, item: due.item, until: now, isUnsure: isUnsure, in: tx)
        }
    }

    @Test func `a letter that nothing follows goes out as it is`() async throws {
        try await send("Create", "one", concerns: "post")
        try await send("Update", "other", concerns: "other post")
        try await send("Delete", "third", cancels: "third post")
        #expect(try turn(here) == "Create one")
    }

    @Test func `a Create that waits says what its last edit says, which ends with it`() async throws {
        try await send("Create", "one", concerns: "post", status: StatusID(1))
        try await edit("two")
        try await send("Create", "other", concerns: "other")
        try await edit("three")
        #expect(try turn(here) == "Create three with three")
        try await work(here)
        #expect(try waiting(here) == ["other"])
        #expect(try store.read { try Deliveries.count(in: $0) } == 1)
    }

    @Test func `a Create read before its edit does not contain it`() async throws {
        try await send("Create", "one", concerns: "post", status: StatusID(1))
        let due = try head(here)
        let read = try store.read { try Deliveries.turn(of: due, in: $0) }
        guard case .send(let sending) = read else {
            Issue.record("not sent")
            return
        }
        try await edit("two")
        #expect(sending.body == Array("one".utf8) && sending.contains == nil)
        try await store.write { try Deliveries.settle(due, containing: sending.contains, in: $0) }
        #expect(try waiting(here) == ["two"], "the edit goes out after it")
        #expect(try turn(here) == "Update two")
    }

    @Test func `an edit after the one that a Create contained is not lost`() async throws {
        try await send("Create", "one", concerns: "post", status: StatusID(1))
        try await edit("two")
        let due = try head(here)
        guard case .send(let sending) = try store.read({ try Deliveries.turn(of: due, in: $0) }) else {
            Issue.record("not sent")
            return
        }
        try await edit("three")
        try await store.write { try Deliveries.settle(due, containing: sending.contains, in: $0) }
        #expect(try waiting(here) == ["three"])
    }

    @Test func `a body read for another inbox is not used once it was edited`() async throws {
        try await send("Create", "one", concerns: "post", status: StatusID(1), to: here, there)
        let due = try head(here)
        guard case .send(let known) = try store.read({ try Deliveries.turn(of: due, in: $0) }) else {
            Issue.record("not sent")
            return
        }
        #expect(try turn(there, knowing: known) == "Create one")
        try await edit("two", to: here, there)
        #expect(try turn(there, knowing: known) == "Create two with two")
        try await store.write { try Deliveries.settle(due, containing: known.contains, in: $0) }
        #expect(try turn(here) == "Update two")
    }

    @Test func `an Update that another follows is not sent`() async throws {
        try await send("Update", "two", concerns: "post")
        try await send("Update", "three", concerns: "post")
        #expect(try turn(here) == "superseded")
        try await work(here)
        #expect(try turn(here) == "Update three")
    }

    @Test func `an Update that a Delete follows is not sent, and the Delete is`() async throws {
        try await send("Update", "two", concerns: "post")
        try await send("Delete", "gone", cancels: "post")
        #expect(try turn(here) == "superseded")
        try await work(here)
        #expect(try turn(here) == "Delete gone")
    }

    @Test(arguments: [("Create", "Delete"), ("Announce", "Undo"), ("Like", "Undo"), ("Follow", "Undo")])
    func `what was never sent is taken back without a word`(kind: String, farewell: String) async throws {
        try await send(kind, "one", concerns: "it", to: here, there)
        try await send("Create", "other", concerns: "other")
        try await send(farewell, "back", cancels: "it", to: here, there)
        #expect(try turn(here) == "cancelled through back")
        try await work(here)
        #expect(try waiting(here) == ["other"])
        #expect(try waiting(there) == ["one", "back"], "elsewhere it is another matter")
    }

    @Test func `edits between a post and its end go with it`() async throws {
        try await send("Create", "one", concerns: "post", status: StatusID(1))
        try await edit("two")
        try await send("Delete", "back", cancels: "post")
        #expect(try turn(here) == "cancelled through back")
        try await work(here)
        #expect(try waiting(here).isEmpty)
        #expect(try store.read { try Deliveries.count(in: $0) } == 0)
    }

    @Test func `what may have arrived is taken back aloud`() async throws {
        try await send("Create", "one", concerns: "post", status: StatusID(1))
        try await fail(here, isUnsure: true)
        try await send("Delete", "back", cancels: "post")
        #expect(try head(here).isUnsure)
        #expect(try turn(here) == "Create one")
        try await work(here)
        #expect(try turn(here) == "Delete back")
    }

    @Test func `what may have arrived does not stand for its edit`() async throws {
        try await send("Create", "one", concerns: "post", status: StatusID(1))
        try await fail(here, isUnsure: true)
        try await edit("two")
        #expect(try turn(here) == "Create two")
        try await work(here)
        #expect(try turn(here) == "Update two")
    }

    @Test func `doubt stays with an item until it is settled`() async throws {
        try await send("Create", "one", concerns: "post")
        try await fail(here, isUnsure: false)
        #expect(try !head(here).isUnsure)
        try await fail(here, isUnsure: true)
        try await fail(here, isUnsure: false)
        #expect(try head(here).isUnsure)
    }

    @Test func `after a bad stop the first item of each inbox is doubted, and no other`() async throws {
        try await send("Create", "one", concerns: "post", to: here, there)
        try await send("Create", "two", concerns: "post2", to: here, there)
        try await store.write { try Deliveries.doubtAll(in: $0) }
        let doubted = try store.read { snapshot in
            try snapshot.db.all("SELECT unsure FROM deliveries ORDER BY item, inbox") { $0.int(0) }
        }
        #expect(doubted == [1, 1, 0, 0])
    }

    @Test func `following, leaving and following again ends with following`() async throws {
        try await send("Follow", "one", concerns: "it")
        try await send("Undo", "back", cancels: "it")
        try await send("Follow", "again", concerns: "it")
        try await work(here)
        #expect(try waiting(here) == ["again"])
        #expect(try turn(here) == "Follow again")
    }

    @Test func `answers that nobody waits for any more make room for the last`() async throws {
        try await send("Accept", "yes", concerns: "ann", to: here, there)
        try await send("Accept", "bob", concerns: "bob")
        try await send("Update", "ann", concerns: "ann")
        let inbox = here
        try await store.write { try Deliveries.dropAnswers(concerning: "ann", forInbox: inbox, in: $0) }
        #expect(try waiting(here) == ["bob", "ann"] && waiting(there) == ["yes"])
    }

    @Test func `an item that is gone meanwhile is nobody's turn`() async throws {
        try await send("Create", "one", concerns: "post")
        let due = try head(here)
        try await store.write { try Deliveries.settle(due, containing: nil, in: $0) }
        guard case .gone = try store.read({ try Deliveries.turn(of: due, in: $0) }) else {
            Issue.record("not gone")
            return
        }
    }

    @Test func `what a letter says about its sending comes along`() async throws {
        let (inbox, now) = (here, now)
        try await store.write { tx in
            var letter = Deliveries.Letter(kind: "Flag", body: [1], status: StatusID(5))
            letter.synchronizes = true
            letter.asInstance = true
            try Deliveries.enqueue(letter, to: [inbox], at: now, in: tx)
        }
        let due = try head(here)
        guard case .send(let sending) = try store.read({ try Deliveries.turn(of: due, in: $0) }) else {
            Issue.record("not sent")
            return
        }
        #expect(sending.kind == "Flag" && sending.status == StatusID(5))
        #expect(sending.synchronizes && sending.asInstance)
    }

    @Test func `whoever is named or answered comes before the others`() async throws {
        let (here, there, now) = (here, there, now)
        try await store.write { tx in
            let letter = Deliveries.Letter(kind: "Create", body: [1])
            try Deliveries.enqueue(letter, to: [here, there], first: [there], at: now, in: tx)
        }
        #expect(
            try store.read { try Deliveries.due(at: now, limit: 9, in: $0) }.map(\.inbox) == [there, here])
        #expect(try store.read { try Deliveries.count(in: $0) } == 2)
    }
}
