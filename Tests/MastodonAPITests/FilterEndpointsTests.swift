import Basics
import Foundation
import HTTP
import HouseSupport
import JSON
import Storage
import Synchronization
import Testing

@Suite struct FilterEndpointsTests {
    private func multipart(_ pairs: [(String, String)]) -> [UInt8] {
        Array(
            (pairs.map {
                "--b\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
            }.joined() + "--b--\r\n").utf8)
    }

    @Test func `a filter comes in every encoding, with its keywords nested`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let pairs = [
            ("title", "Ball games"), ("context[]", "home"), ("context[]", "public"),
            ("filter_action", "hide"),
            ("keywords_attributes[][keyword]", "football"), ("keywords_attributes[][whole_word]", "true"),
            ("keywords_attributes[][keyword]", "a+b"), ("keywords_attributes[][whole_word]", "false"),
        ]
        let form = pairs.map { "\($0.0)=\(PercentCoding.encodeQuery($0.1))" }.joined(separator: "&")
        let indexed = form.replacing("[][keyword]=football", with: "[0][keyword]=football")
            .replacing("[][whole_word]=true", with: "[0][whole_word]=true")
            .replacing("[][", with: "[1][")
        let json = """
            {"title":"Ball games","context":["home","public"],"filter_action":"hide","keywords_attributes":
            [{"keyword":"football","whole_word":true},{"keyword":"a+b","whole_word":"false"}]}
            """
        var multipart = Fields()
        multipart.append("Authorization", "Bearer \(token)")
        multipart.append("Content-Type", "multipart/form-data; boundary=b")
        let answers = [
            try await house.post("/api/v2/filters", token, form),
            try await house.post("/api/v2/filters", token, indexed),
            try await house.post("/api/v2/filters", token, json),
            try await house.post("/api/v2/filters?\(form)", token),
            try await house.send(
                Request(.post, "/api/v2/filters", fields: multipart, body: .bytes(self.multipart(pairs)))),
        ]
        for answer in answers {
            #expect(answer.status == 200)
            let filter = try answer.json
            #expect(filter["title"]?.string == "Ball games")
            #expect(filter["context"]?.elements.map(\.string) == ["home", "public"])
            #expect(filter["filter_action"]?.string == "hide")
            #expect(filter["expires_at"]?.kind == .null)
            #expect(filter["id"]?.string?.count == 18)
            let keywords = filter["keywords"]?.elements ?? []
            #expect(keywords.map { $0["keyword"]?.string } == ["football", "a+b"])
            #expect(keywords.map { $0["whole_word"]?.bool } == [true, false])
            #expect(filter["statuses"]?.elements.isEmpty == true)
        }
        #expect(try await house.get("/api/v2/filters", token).ids.count == answers.count)
    }

    @Test func `an update changes what it names, keywords by their ids`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let made = try await house.post(
            "/api/v2/filters", token,
            "title=One&context[]=home&expires_in=60&keywords_attributes[][keyword]=a&keywords_attributes[][keyword]=b"
        )
        let id = try #require(try made.json["id"]?.string)
        let keywords = try #require(try made.json["keywords"]?.elements.compactMap { $0["id"]?.string })
        #expect(keywords.count == 2)
        let body = """
            {"title":"Two","keywords_attributes":[{"id":"\(keywords[0])","keyword":"A","whole_word":false},
            {"id":\(keywords[1]),"_destroy":true},{"keyword":"c"},{"keyword":"","whole_word":false},{"_destroy":"1"}]}
            """
        let changed = try await house.send(.put, "/api/v2/filters/\(id)", token, body)
        #expect(try changed.json["title"]?.string == "Two")
        #expect(try changed.json["context"]?.elements.map(\.string) == ["home"])
        #expect(try changed.json["expires_at"]?.string == "2025-10-09T08:54:20.000Z")
        #expect(try changed.json["keywords"]?.elements.map { $0["keyword"]?.string } == ["A", "c"])
        #expect(
            try changed.json["keywords"]?.elements.map { $0["whole_word"]?.bool } == [false, true],
            "new ones are whole words")
        #expect(try await house.get("/api/v2/filters/\(id)", token).text == changed.text)

        let other = try await house.post("/api/v2/filters", token, "title=Other&context[]=home")
        let stranger = try #require(try other.json["id"]?.string)
        let stolen = try await house.send(
            .patch, "/api/v2/filters/\(stranger)", token, "keywords_attributes[][id]=\(keywords[0])")
        #expect(stolen.status == 404)
        #expect(try await house.send(.delete, "/api/v2/filters/\(id)", token).text == "{}")
        #expect(try await house.get("/api/v2/filters/\(id)", token).status == 404)
        #expect(try await house.get("/api/v2/filters/keywords/\(keywords[0])", token).status == 404)
        #expect(try await house.send(.delete, "/api/v2/filters/\(id)", token).status == 404)
    }

    @Test func `trap Filters: an empty expires_in means never, zero and less mean now`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try #require(
            try await house.post("/api/v2/filters", token, "title=a&context[]=home&expires_in=60")
                .json["id"]?.string)
        let cases: [(String, String?)] = [
            ("", nil), ("0", "2025-10-09T08:53:20.000Z"), ("-5", "2025-10-09T08:53:20.000Z"),
            ("3600", "2025-10-09T09:53:20.000Z"), ("999999999999999999", "2125-10-10T08:53:20.000Z"),
            (" ", nil),
        ]
        for (seconds, expected) in cases {
            let answer = try await house.send(
                .put, "/api/v2/filters/\(id)", token, "{\"expires_in\":\"\(seconds)\"}")
            #expect(answer.status == 200, "\(seconds)")
            let end = try answer.json["expires_at"]
            #expect(end?.string == expected, "\(seconds)")
            #expect(end?.kind == (expected == nil ? .null : .string), "\(seconds)")
        }
    }

    @Test func `trap Filters: blur is only said of a filter for which it was chosen`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.post("/api/v2/filters", token, "title=a&context[]=home")
        _ = try await house.post("/api/v2/filters", token, "title=b&context[]=home&filter_action=blur")
        let actions = try await house.get("/api/v2/filters", token).json.elements.map {
            $0["filter_action"]?.string
        }
        #expect(actions == ["warn", "blur"])
    }

    @Test func `what a filter cannot be is refused with a sentence`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let long = String(repeating: "x", count: 513)
        let cases = [
            ("", "Title can't be blank"), ("title=+&context[]=home", "Title can't be blank"),
            ("title=\(long)&context[]=home", "Title is too long (maximum is 256 characters)"),
            ("title=a", "Context can't be blank"), ("title=a&context[]=", "Context can't be blank"),
            ("title=a&context[]=home&context[]=nowhere", "Context None or invalid context supplied"),
            ("title=a&context[]=home&filter_action=explode", "Action is not included in the list"),
            ("title=a&context[]=home&expires_in=soon", "Expires in is not a number"),
            (
                "title=a&context[]=home&keywords_attributes[][keyword]=\(long)",
                "Keyword is too long (maximum is 512 characters)"
            ),
            (
                "title=a&context[]=home&keywords_attributes[][keyword]=+&keywords_attributes[][whole_word]=1",
                "Keyword can't be blank"
            ),
        ]
        for (body, reason) in cases {
            let answer = try await house.post("/api/v2/filters", token, body)
            #expect(answer.status == 422, "\(body)")
            #expect(try answer.json["error"]?.string == "Validation failed: \(reason)", "\(body)")
        }
        #expect(try await house.get("/api/v2/filters", token).text == "[]")
        for body in ["title[a]=b&context=home", "[1,2]", "context[a]=home&title=a"] {
            #expect(try await house.post("/api/v2/filters", token, body).status / 100 == 4, "\(body)")
        }
    }

    @Test func `bad ids are 404 and strangers 401 and 403`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        for id in ["1", "abc", "-1", "99999999999999999999"] {
            for path in ["filters/\(id)", "filters/keywords/\(id)", "filters/statuses/\(id)"] {
                #expect(try await house.get("/api/v2/\(path)", token).status == 404, "\(path)")
                #expect(try await house.send(.delete, "/api/v2/\(path)", token).status == 404, "\(path)")
            }
            #expect(try await house.get("/api/v2/filters/\(id)/keywords", token).status == 404)
            #expect(try await house.get("/api/v2/filters/\(id)/statuses", token).status == 404)
            #expect(try await house.get("/api/v1/filters/\(id)", token).status == 404)
        }
        #expect(try await house.get("/api/v2/filters").status == 401)
        let other = try await house.token("read:statuses write:filters")
        #expect(try await house.get("/api/v2/filters", other).status == 403)
        #expect(try await house.post("/api/v2/filters", other, "title=a&context[]=home").status == 200)
    }

    @Test func `a hundred filters are fine, and at the bounds there is a sentence`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        for number in 0..<100 {
            let answer = try await house.post("/api/v2/filters", token, "title=f\(number)&context[]=home")
            #expect(answer.status == 200)
        }
        #expect(try await house.get("/api/v2/filters", token).ids.count == 100)
        let now = house.time.now
        try await house.store.write { tx in
            for number in 100..<200 {
                let filter = Filter(title: "f\(number)", contexts: .home, action: .warn, expiresAt: nil)
                _ = try Filters.insert(filter, at: now, in: tx)
            }
        }
        let refused = try await house.post("/api/v2/filters", token, "title=more&context[]=home")
        #expect(refused.status == 422)
        #expect(refused.text == #"{"error":"Validation failed: You cannot have more than 200 filters"}"#)

        let id = try #require(try await house.get("/api/v2/filters", token).ids.first)
        let words = (0...200).map { "keywords_attributes[\($0)][keyword]=w\($0)" }.joined(separator: "&")
        let many = try await house.send(.put, "/api/v2/filters/\(id)", token, words)
        #expect(many.status == 422)
        #expect(try await house.get("/api/v2/filters/\(id)/keywords", token).text == "[]")
    }

    @Test func `a change of the filters is told, to streams and to whoever keeps them`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let heard = Heard(house.store)
        let id = try #require(
            try await house.post("/api/v2/filters", token, "title=a&context[]=home").json["id"]?.string)
        #expect(heard.events.contains(.filtersChanged))
        heard.clear()
        _ = try await house.post("/api/v2/filters/\(id)/keywords", token, "keyword=x")
        #expect(heard.events == [.filtersChanged])
    }
}

/// What open streams were told.
private final class Heard: Sendable {
    private let all = Mutex<[Event]>([])

    init(_ store: Store) {
        store.events.listen { [self] events in all.withLock { $0 += events } }
    }

    var events: [Event] { all.withLock { $0 } }

    func clear() {
        all.withLock { $0 = [] }
    }
}
