import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct ConversationEndpointsTests {
    private let path = "/api/v1/conversations"

    @Test func `conversations come with their people and their last post`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(try await house.get(path, token).text == "[]")
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        let first = try await house.makeLetter(from: bob)
        let own = try await house.post(
            "@bob@far.example hi", token: token, "visibility=direct&in_reply_to_id=\(first)")
        try await house.makeLetter(from: eve, with: [bob])
        let note = try await house.post("To myself", token: token, "visibility=direct")
        let list = try await house.get(path, token).json.elements
        #expect(
            list.map { $0["accounts"]?.elements.compactMap { $0["username"]?.string } ?? [] }
                == [["ada"], ["bob", "eve"], ["bob"]])
        #expect(list.map { $0["unread"]?.bool } == [false, true, false])
        #expect(list[0]["last_status"]?["id"]?.string == note.description)
        #expect(list[2]["last_status"]?["id"]?.string == own.description)
        #expect(list.allSatisfy { $0.count == 4 && $0["id"]?.string?.count == 18 })
    }

    @Test func `one is read, unread and taken off the list until the next letter`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let letter = try await house.makeLetter(from: bob)
        let id = try #require(try await house.get(path, token).ids.first)
        #expect(try await house.post("\(path)/\(id)/read", token).json["unread"]?.bool == false)
        #expect(try await house.get(path, token).json.elements[0]["unread"]?.bool == false)
        let unread = try await house.post("\(path)/\(id)/unread", token, "{}").json
        #expect(unread["unread"]?.bool == true)
        #expect(unread["last_status"]?["id"]?.string == letter.description)
        #expect(try await house.send(.delete, "\(path)/\(id)", token).text == "{}")
        #expect(try await house.get(path, token).text == "[]")
        for id in [id, "1", "abc", "99999999999999999999"] {
            #expect(try await house.post("\(path)/\(id)/read", token).status == 404)
            #expect(try await house.send(.delete, "\(path)/\(id)", token).status == 404)
        }
        #expect(try await house.get("/api/v1/statuses/\(letter)", token).status == 200)
        try await house.makeLetter(from: bob, inReplyTo: letter)
        #expect(try await house.get(path, token).ids.count == 1)
        let reader = try await house.token("read")
        #expect(try await house.post("\(path)/\(id)/read", reader).status == 403)
    }

    @Test func `the last post is never one that is gone, nor somebody's whom the owner blocked`() async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        let first = try await house.makeLetter(from: bob)
        let second = try await house.makeLetter(from: bob, inReplyTo: first)
        try await house.makeLetter(from: eve)
        _ = try await house.post("/api/v1/accounts/\(eve)/block", token)
        func last() async throws -> [String?] {
            try await house.get(path, token).json.elements.map { $0["last_status"]?["id"]?.string }
        }
        #expect(try await last() == [second.description])
        try await house.store.write { try Statuses.delete(second, in: $0) }
        #expect(try await last() == [first.description])
        try await house.store.write { try Statuses.delete(first, in: $0) }
        #expect(try await last() == [])
    }

    @Test func `pages follow the last posts, and cost the same whatever their length`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        var letters: [String] = []
        for number in 0..<12 {
            let actor = try await house.makeActor("p\(number)")
            letters.insert(try await house.makeLetter(from: actor).description, at: 0)
        }
        var found: [String] = []
        var cursor = ""
        while true {
            let answer = try await house.get("\(path)?limit=5\(cursor)", token)
            found += try answer.json.elements.compactMap { $0["last_status"]?["id"]?.string }
            guard let next = answer.cursor("next") else { break }
            #expect(answer.fields["Link"]?.contains("rel=\"prev\"") == true)
            #expect(answer.fields["Link"]?.contains("min_id=") == true)
            cursor = "&max_id=\(next)"
        }
        #expect(found == letters)
        let upward = try await house.get("\(path)?limit=2&min_id=\(letters[9])", token).json.elements
        #expect(upward.compactMap { $0["last_status"]?["id"]?.string } == Array(letters[7...8]))
        for odd in ["-1", "1000000000", "x", ""] {
            #expect(try await house.get("\(path)?limit=\(odd)&max_id=\(odd)", token).status == 200)
        }
        func cost(_ limit: Int) async throws -> Int {
            let before = house.store.statementsRead
            _ = try await house.get("\(path)?limit=\(limit)", token)
            return house.store.statementsRead - before
        }
        _ = try await cost(1)
        #expect(try await cost(1) == cost(12))
    }
}
