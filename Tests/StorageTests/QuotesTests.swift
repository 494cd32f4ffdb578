import Basics
import Testing

@testable import Storage

/// Who quotes whom, and who may.
@Suite struct QuotesTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func quote(_ status: Int64, of quoted: Int64?, _ state: Quote.State, checkedAt: Timestamp? = nil)
        -> Quote
    {
        Quote(
            status: StatusID(status), quoted: quoted.map { StatusID($0) }, quotedURI: "q\(quoted ?? 0)",
            state: state, checkedAt: checkedAt ?? now)
    }

    private func save(_ quotes: Quote...) async throws {
        try await store.write { tx in for quote in quotes { try Quotes.save(quote, in: tx) } }
    }

    @Test func `a quote is found by its post, its stamp and its request`() async throws {
        var first = quote(1, of: 7, .accepted)
        first.authorization = "stamp"
        first.request = "request"
        try await save(first, quote(2, of: nil, .unstated))
        try store.read { snapshot throws -> Void in
            let found = try #require(try Quotes.find(StatusID(1), in: snapshot))
            #expect(found.quoted == StatusID(7) && found.quotedURI == "q7" && found.state == .accepted)
            #expect(found.authorization == "stamp" && found.request == "request" && found.checkedAt == now)
            #expect(try Quotes.find(authorization: "stamp", in: snapshot)?.status == StatusID(1))
            #expect(try Quotes.find(request: "request", in: snapshot)?.status == StatusID(1))
            #expect(try Quotes.find(authorization: "other", in: snapshot) == nil)
            #expect(try Quotes.find(request: "other", in: snapshot) == nil)
            #expect(
                try Quotes.of("[1,2,3]", in: snapshot).mapValues(\.state.rawValue) == [
                    StatusID(1): 1, StatusID(2): 4,
                ])
            #expect(try Quotes.find(StatusID(2), in: snapshot)?.quoted == nil)
        }
        try await save(quote(1, of: 8, .revoked))
        let found = try store.read { try Quotes.find(StatusID(1), in: $0) }
        #expect(found?.state == .revoked && found?.quoted == StatusID(8) && found?.authorization == nil)
        try await store.write { try Quotes.remove(StatusID(1), in: $0) }
        #expect(try store.read { try Quotes.find(StatusID(1), in: $0) } == nil)
    }

    @Test func `only quotes with consent are counted`() async throws {
        try await save(
            quote(1, of: 7, .accepted), quote(2, of: 7, .accepted), quote(3, of: 7, .pending),
            quote(4, of: 7, .revoked), quote(5, of: 8, .unstated), quote(6, of: nil, .accepted))
        #expect(try store.read { try Quotes.counts(of: "[7,8]", in: $0) } == [StatusID(7): 2])
    }

    @Test func `a quoted post that goes leaves the quote without it, a quoting one takes it along`()
        async throws
    {
        try await save(quote(1, of: 7, .accepted), quote(2, of: 8, .accepted))
        try await store.write { tx in
            try Statuses.delete(StatusID(7), in: tx)
            try Statuses.delete(StatusID(2), in: tx)
        }
        let left = try store.read { try Quotes.of("[1,2]", in: $0) }
        #expect(left.count == 1 && left[StatusID(1)]?.quoted == nil && left[StatusID(1)]?.quotedURI == "q7")
    }

    @Test func `quotes to be checked come up, those looked at longest ago first`() async throws {
        let ids = try await store.write { tx in
            try (0..<5).map { try Statuses.insert(.make("\($0)", by: ActorID(1)), in: tx).value }
        }
        var asked = quote(ids[0], of: 7, .pending, checkedAt: Timestamp(milliseconds: 0))
        asked.request = "ours"
        try await save(
            asked, quote(ids[1], of: 7, .pending, checkedAt: now - .hours(2)),
            quote(ids[2], of: 7, .pending, checkedAt: Timestamp(milliseconds: 0)),
            quote(ids[3], of: 7, .accepted, checkedAt: Timestamp(milliseconds: 0)),
            quote(ids[4], of: 7, .pending, checkedAt: now))
        func unchecked(before moment: Timestamp, limit: Int = 9) throws -> [Int64] {
            try store.read { try Quotes.unchecked(before: moment, limit: limit, in: $0) }.map(\.status.value)
        }
        #expect(
            try unchecked(before: now) == [ids[2], ids[1]] && unchecked(before: now, limit: 1) == [ids[2]])
        #expect(try unchecked(before: Timestamp(milliseconds: -5)) == [ids[2]])
    }

    @Test func `whoever quotes is reached`() async throws {
        let reached = try await store.write { tx in
            let (ann, bob) = (try Actors.save(.make("ann"), in: tx), try Actors.save(.make("bob"), in: tx))
            for (name, actor) in [("1", ann), ("2", bob)] {
                let status = try Statuses.insert(.make(name, by: actor), in: tx)
                try Quotes.save(
                    Quote(
                        status: status, quoted: StatusID(7), quotedURI: "q", state: .pending,
                        checkedAt: TestStore.now),
                    in: tx)
            }
            return (
                try Quotes.reach(of: StatusID(7), in: tx).count,
                try Quotes.reach(of: StatusID(8), in: tx).count
            )
        }
        #expect(reached == (1, 0))
    }

    @Test func `what was decided about a wish to quote is remembered`() async throws {
        func wish(_ id: Int64, _ status: Int64, _ interacting: String, _ state: QuoteAuthorization.State)
            -> QuoteAuthorization
        {
            QuoteAuthorization(
                id: id, status: StatusID(status), actor: ActorID(5), interacting: interacting,
                request: "r\(id)",
                state: state)
        }
        let wishes = [
            wish(1, 7, "a", .refused), wish(2, 7, "a", .approved), wish(3, 7, "b", .pending),
            wish(4, 8, "a", .pending),
        ]
        try await store.write { tx in for wish in wishes { try QuoteAuthorizations.save(wish, in: tx) } }
        try store.read { snapshot throws -> Void in
            let found = try #require(try QuoteAuthorizations.find(2, in: snapshot))
            #expect(found.status == StatusID(7) && found.actor == ActorID(5) && found.interacting == "a")
            #expect(found.request == "r2" && found.state == .approved)
            #expect(
                try QuoteAuthorizations.find(status: StatusID(7), interacting: "a", in: snapshot)?.id == 2)
            #expect(try QuoteAuthorizations.find(status: StatusID(9), interacting: "a", in: snapshot) == nil)
            #expect(try QuoteAuthorizations.pending(of: ActorID(5), in: snapshot) == 2)
            #expect(try QuoteAuthorizations.pending(of: ActorID(6), in: snapshot) == 0)
            #expect(try QuoteAuthorizations.count(of: ActorID(5), on: StatusID(7), in: snapshot) == 3)
        }
        var revoked = wishes[1]
        revoked.state = .revoked
        let later = revoked
        try await store.write { tx in
            try QuoteAuthorizations.save(later, in: tx)
            try Statuses.delete(StatusID(8), in: tx)
        }
        #expect(try store.read { try QuoteAuthorizations.find(2, in: $0)?.state } == .revoked)
        #expect(try store.read { try QuoteAuthorizations.find(4, in: $0) } == nil)
    }

    @Test func `a page of posts learns what is quoted and how often in one statement`() async throws {
        try await save(
            quote(1, of: 7, .accepted), quote(2, of: 7, .accepted), quote(3, of: 7, .pending),
            quote(7, of: nil, .revoked))
        let before = store.store.statementsRead
        var found = try store.read { try StatusQuotes.of("[1,3,7,9]", in: $0) }
        #expect(store.store.statementsRead - before == 3, "with BEGIN and COMMIT")
        #expect(found.counts == [StatusID(7): 2])
        #expect(
            found.quotes.mapValues(\.state) == [
                StatusID(1): .accepted, StatusID(3): .pending, StatusID(7): .revoked,
            ])
        #expect(found.quotes[StatusID(1)]?.quoted == StatusID(7) && found.quotes[StatusID(7)]?.quoted == nil)
        found.merge(try store.read { try StatusQuotes.of("[2]", in: $0) })
        #expect(found.quotes.count == 4 && found.counts.count == 1)
    }

    @Test func `who quotes a post with consent is shown page by page`() async throws {
        for number in 1...5 as ClosedRange<Int64> {
            try await save(quote(number, of: 7, number == 3 ? .pending : .accepted))
        }
        func page(_ page: Page) throws -> [Int64] {
            try store.read { try Quotes.page(of: StatusID(7), page, in: $0) }.map(\.value)
        }
        #expect(try page(Page(limit: 2)) == [5, 4] && page(Page(maxID: 4, limit: 9)) == [2, 1])
        #expect(try page(Page(minID: 1, limit: 2)) == [4, 2] && page(Page(sinceID: 1, limit: 2)) == [5, 4])
    }

    @Test func `somebody's own quotes of a post are found`() async throws {
        let (mine, none) = try await store.write { tx in
            var ids: [StatusID] = []
            for (number, author) in [ActorID(1), ActorID(2), ActorID(1)].enumerated() {
                ids.append(try Statuses.insert(.make("\(number)", by: author), in: tx))
                try Quotes.save(
                    Quote(
                        status: ids[number], quoted: StatusID(7), quotedURI: "q",
                        state: number == 2 ? .pending : .accepted, checkedAt: TestStore.now), in: tx)
            }
            return (
                try Quotes.quoting(StatusID(7), by: ActorID(1), limit: 9, in: tx) == [ids[0]],
                try Quotes.quoting(StatusID(8), by: ActorID(1), limit: 9, in: tx).isEmpty
            )
        }
        #expect(mine && none)
    }
}
