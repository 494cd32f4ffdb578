import Basics
import Foundation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct TimelineEndpointsTests {
    @Test func `an empty home timeline is an empty list without links`() async throws {
        let house = try await House.make()
        let answer = try await house.get("/api/v1/timelines/home", house.token())
        #expect(answer.status == 200)
        #expect(answer.text == "[]")
        #expect(answer.fields["Link"] == nil)
        #expect(answer.fields["Content-Type"] == "application/json; charset=utf-8")
    }

    @Test func `pages of the home timeline are adjacent and together complete, in both directions`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        var all: [String] = []
        for _ in 0..<23 { all.insert(try await house.makeStatus(by: bob).description, at: 0) }

        var down: [String] = []
        var path = "/api/v1/timelines/home?limit=5"
        while true {
            let answer = try await house.get(path, token)
            if try answer.ids.isEmpty { break }
            down += try answer.ids
            path = "/api/v1/timelines/home?limit=5&max_id=\(try #require(answer.cursor("next")))"
        }
        #expect(down == all)

        var up = try await house.get("/api/v1/timelines/home?limit=1&max_id=\(all[21])", token).ids
        #expect(up == [all[22]])
        while true {
            let answer = try await house.get("/api/v1/timelines/home?limit=5&min_id=\(up[0])", token)
            let ids = try answer.ids
            if ids.isEmpty { break }
            #expect(answer.cursor("prev") == ids.first)
            up = ids + up
        }
        #expect(up == all)

        let since = try await house.get("/api/v1/timelines/home?limit=5&since_id=\(all[20])", token)
        #expect(try since.ids == Array(all[..<5]))
    }

    @Test func `the Link field has the exact form, without the old cursor and without secrets`() async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let id = try await house.makeStatus(by: bob)
        let answer = try await house.get(
            "/api/v1/timelines/home?limit=20&max_id=999999999999999999&access_token=\(token)")
        #expect(
            answer.fields["Link"] == """
                <https://home.example/api/v1/timelines/home?limit=20&max_id=\(id)>; rel="next", \
                <https://home.example/api/v1/timelines/home?limit=20&min_id=\(id)>; rel="prev"
                """)
    }

    @Test func `a page that is short because of a block still leads on`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        let old = try await house.makeStatus(by: bob)
        let hidden = try await house.makeStatus(by: eve)
        let now = house.time.now
        try await house.store.write { tx in
            try Mutes.insert(eve, notifications: true, until: now + .seconds(60), in: tx)
        }
        let answer = try await house.get("/api/v1/timelines/home?limit=1", token)
        #expect(answer.text == "[]")
        #expect(answer.cursor("next") == hidden.description)
        #expect(
            try await house.get("/api/v1/timelines/home?max_id=\(hidden)", token).ids == [old.description])
        house.time.advance(by: .seconds(61))
        #expect(try await house.get("/api/v1/timelines/home", token).ids.count == 2)
    }

    @Test func `a boost of somebody muted is hidden as well`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        let post = try await house.makeStatus(by: eve, isHome: false)
        _ = try await house.makeStatus(by: bob, reblogOf: post)
        let token = try await house.token()
        #expect(try await house.get("/api/v1/timelines/home", token).ids.count == 1)
        try await house.store.write { tx in try Mutes.insert(eve, notifications: false, until: nil, in: tx) }
        #expect(try await house.get("/api/v1/timelines/home", token).text == "[]")
    }

    @Test func `cursors that are no numbers are ignored, and huge ones mean the newest`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor())
        for query in [
            "max_id=abc", "max_id=", "since_id=-1", "max_id=99999999999999999999999", "limit=0", "limit=-3",
            "limit=4000",
        ] {
            let answer = try await house.get("/api/v1/timelines/home?\(query)", token)
            #expect(answer.status == 200, "\(query)")
            #expect(try answer.ids == [id.description], "\(query)")
        }
    }

    @Test func `the number of statements does not depend on the length of the page`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        var counts: Set<Int> = []
        let bob = try await house.makeActor()
        let post = try await house.makeStatus(by: bob, isHome: false)
        _ = try await house.makeStatus(by: bob, reblogOf: post)
        for limit in [1, 10, 40] {
            while try house.store.read({ try HomeTimeline.page(Page(limit: 41), in: $0) }).count < limit {
                let actor = try await house.makeActor("p\(limit)\(house.time.now.seconds)")
                _ = try await house.makeStatus(by: actor)
                _ = try await house.makeStatus(by: actor, reblogOf: post)
            }
            // The token is known from here on.
            _ = try await house.get("/api/v1/preferences", token)
            let before = house.store.statementsRead
            let answer = try await house.get("/api/v1/timelines/home?limit=\(limit)", token)
            counts.insert(house.store.statementsRead - before)
            #expect(try answer.ids.count == limit)
        }
        #expect(counts.count == 1)
        // Two of them are BEGIN and COMMIT, two ask whether anything changed since the last answer, one asks
        // for filters and one for blocked servers.
        #expect(counts.first ?? 99 <= 19)
    }

    @Test func `polls and quotes cost the same number of statements however many there are`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        for _ in 0..<20 {
            let quoted = try await house.makeStatus(by: bob, isHome: false)
            let id = try await house.makeStatus(by: bob)
            let now = house.time.now
            try await house.store.write { tx in
                var rights = InteractionRights()
                rights[.quote] = (.followers, [])
                try Statuses.setRights(rights, of: id, in: tx)
                try Polls.save(
                    Poll(
                        status: id, isMultiple: false, endsAt: nil,
                        options: [Poll.Option(name: "a", votes: 0)], readAt: now), in: tx)
                try Quotes.save(
                    Quote(
                        status: id, quoted: quoted, quotedURI: "https://far.example/q", state: .accepted,
                        checkedAt: now), in: tx)
            }
        }
        var counts: Set<Int> = []
        for limit in [1, 20] {
            // The token is known from here on.
            _ = try await house.get("/api/v1/preferences", token)
            let before = house.store.statementsRead
            let answer = try await house.get("/api/v1/timelines/home?limit=\(limit)", token)
            counts.insert(house.store.statementsRead - before)
            #expect(try answer.json.elements.allSatisfy { $0["quote"]?["quoted_status"]?["id"] != nil })
        }
        #expect(counts.count == 1)
        #expect(counts.first ?? 99 <= 26)
    }

    @Test func `visitors read the owner's public posts and nobody else's`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let own = try await house.post("Hello world #swift", token: token)
        let other = try await house.makeStatus(by: house.makeActor())
        #expect(try await house.get("/api/v1/timelines/public").status == 401)
        #expect(try await house.get("/api/v1/timelines/public?local=true").ids == [own.description])
        #expect(
            try await house.get("/api/v1/timelines/public", token).ids == [
                other.description, own.description,
            ])
        #expect(try await house.get("/api/v1/timelines/public?remote=1", token).ids == [other.description])
        #expect(try await house.get("/api/v1/timelines/tag/SWIFT?local=true").ids == [own.description])
        #expect(try await house.get("/api/v1/timelines/tag/swift?none[]=swift", token).text == "[]")
    }

    @Test func `hashtags can be combined`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let a = try await house.post("one %23red %23blue", token: token)
        let b = try await house.post("two %23red", token: token)
        let c = try await house.post("three %23green", token: token)
        let cases: [(String, [StatusID])] = [
            ("red", [b, a]), ("red?any[]=green", [c, b, a]), ("red?all[]=blue", [a]),
            ("red?none[]=blue", [b]),
            ("red?all[]=unknown", []), ("none", []), ("red?any[]=green&none[]=blue&limit=1", [c]),
        ]
        for (query, expected) in cases {
            let answer = try await house.get("/api/v1/timelines/tag/\(query)", token)
            #expect(try answer.ids == expected.map(\.description), "\(query)")
        }
    }
}
