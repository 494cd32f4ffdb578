import Basics
import Federation
import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

struct SharedPageTests {
    @Test func `a page is made once however it is spelled, and no nonsense in the query makes another`()
        async throws
    {
        let site = try await Site()
        try await site.post("<p>Hello</p>")
        let first = try await site.get("/@me")
        #expect(first.text.contains("Hello"))
        let statements = site.store.statementsRead
        for path in [
            "/@me", "/@ME", "/%40me/", "/@me?utm_source=x", "/@me?a&b=c&max_id=", "/@me?limit=9",
            "/@me?max_id=x", "/@me?min_id=99999999999999999999",
        ] {
            let again = try await site.get(path)
            #expect(again.bytes == first.bytes && again.fields["ETag"] == first.fields["ETag"], "\(path)")
        }
        #expect(site.store.statementsRead == statements)
        #expect(site.pages.shield.load.answers == 1)
    }

    @Test(arguments: [
        ("/", ""), ("/?", ""), ("/?x=1", ""), ("/?max_id=7", "?max_id=7"), ("/?max_id=007", "?max_id=7"),
        ("/?min_id=2&max_id=1", "?max_id=1&min_id=2"), ("/?max_id=1&max_id=2", "?max_id=1"),
        ("/?max_id=%26b", ""), ("/?max_id=" + String(repeating: "9", count: 20), ""), ("/?max_id=-1", ""),
        ("/?max_id=%2B1&min_id=3", "?min_id=3"),
    ])
    func `a query has one spelling`(target: String, query: String) {
        #expect(SharedPage.query(Request(.get, target).target, ["max_id", "min_id"]) == query)
    }

    @Test func `a page says nothing of who asks`() async throws {
        let site = try await Site()
        let id = try await site.post()
        for path in ["/@me", "/@me/\(id)"] {
            let anybody = try await site.get(path)
            let somebody = try await site.get(
                path, fields: [("Cookie", "s=1"), ("Authorization", "Bearer x"), ("Accept-Language", "de")])
            #expect(somebody.bytes == anybody.bytes)
            #expect(somebody.fields["Set-Cookie"] == nil)
            let etag = try #require(anybody.fields["ETag"])
            let known = try await site.get(path, fields: [("If-None-Match", etag)])
            #expect(known.status == .notModified && known.fields["Cache-Control"] != nil)
        }
    }

    @Test func `what the owner writes is there at once, and what is said to it after five seconds`()
        async throws
    {
        let site = try await Site()
        let id = try await site.post("<p>First</p>")
        #expect(try await !site.page("/@me/\(id)").contains("Reply"))
        try await site.post("<p>Second</p>", minutes: 1)
        #expect(try await site.page("/@me").contains("Second"))
        let ann = try await site.stranger("ann")
        try await site.foreignPost(by: ann, "<p>Reply</p>", inReplyTo: id, minutes: 2)
        _ = try await site.page("/@me/\(id)")
        site.house.time.advance(by: .seconds(5))
        #expect(try await site.page("/@me/\(id)").contains("Reply"))
    }

    @Test func `a post that is deleted is gone at once, and what is not there is not kept`() async throws {
        let site = try await Site()
        let id = try await site.post()
        _ = try await site.page("/@me/\(id)")
        let uri = site.identity.status(id)
        try await site.store.write { tx in
            try Statuses.delete(id, in: tx)
            try Tombstones.insert(uri, at: Site.start, wasOpen: true, in: tx)
        }
        #expect(try await site.get("/@me/\(id)").status == .gone)
        #expect(try await site.get("/@me/\(id)1").status == .notFound)
        #expect(site.pages.shield.load.answers == 0)
    }
}
