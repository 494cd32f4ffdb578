import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

/// Every row of the table, in every encoding, with what apps send and with what nobody should send.
@Suite struct EncodingTests {
    /// The rows with ids that do not exist in the places of parameters.
    private func rows(_ house: House, where isWanted: (Endpoint) -> Bool) -> [(Endpoint, String)] {
        house.api.endpoints.filter { !$0.path.contains("*") && isWanted($0) }.map { endpoint in
            let path = endpoint.path.split(separator: "/").map { part in
                part.hasPrefix(":") ? "123456789012345678" : String(part)
            }
            return (endpoint, "/" + path.joined(separator: "/"))
        }
    }

    private func token(_ house: House) async throws -> String {
        try await house.token("read write follow push profile")
    }

    private func check(_ answer: Answer, _ name: String) {
        #expect(answer.status < 500 && answer.status != 0, "\(name): \(answer.status) \(answer.text)")
        guard answer.status >= 400 else { return }
        let message = try? answer.json["error"]?.string
        #expect(message?.isEmpty == false, "\(name): \(answer.text)")
    }

    @Test func `trap 8: every write gives the same answer in every encoding`() async throws {
        let house = try await House.make()
        let token = try await token(house)
        let writes = rows(house) {
            $0.method != .get && !$0.path.hasPrefix("/oauth") && $0.path != "/api/v1/apps"
        }
        #expect(writes.count > 40, "are they found at all?")
        let pairs = [
            ("id[]", "12"), ("account_ids[]", "12"), ("status_ids[]", "13"), ("choices[]", "0"),
            ("domain", "far.example"), ("home[last_read_id]", "12"), ("comment", "x y"), ("duration", "0"),
            ("fields_attributes[0][name]", "a"), ("fields_attributes[0][value]", "b"), ("lang", "de"),
        ]
        for (endpoint, path) in writes {
            var statuses: Set<Int> = []
            for encoding in Encoding.allCases {
                let answer = try await house.send(encoding.request(endpoint.method, path, token, pairs))
                check(answer, "\(endpoint.method.rawValue) \(path) \(encoding)")
                statuses.insert(answer.status)
            }
            check(try await house.send(endpoint.method, path + "/", token), "\(path)/")
            // A second time some things are there already, or gone.
            let tolerated: Set<Int> = endpoint.method == .delete ? [200, 404] : statuses
            #expect(statuses.count == 1 || statuses.isSubset(of: tolerated), "\(path): \(statuses)")
        }
    }

    @Test func `trap 20: bodies that are not what they say are refused or ignored, never 5xx`() async throws {
        let house = try await House.make()
        let token = try await token(house)
        let bodies: [(String?, String)] = [
            ("application/json", ""), ("application/json", "{}"), ("application/json", "{"),
            ("application/json", "[1]"), ("application/json", "null"), ("application/json", "\u{1}"),
            ("application/json", #"{"status":{"a":[{}]},"id":[[1]],"limit":{},"poll":[1],"source":"x"}"#),
            ("application/x-www-form-urlencoded", "status[a][b]=1&id=%FF&source=x&poll=1&=&[]=1&a[=2"),
            ("multipart/form-data; boundary=b", "--b\r\nno end"), ("multipart/form-data", "x"),
            ("text/plain", "status=x"), (nil, "status"), ("nonsense", "{}"), ("", "x=1"),
            ("application/x-www-form-urlencoded; charset=utf-8", "\u{0}=\u{0}"),
        ]
        for (endpoint, path) in rows(house, where: { $0.method != .get }) {
            for (type, body) in bodies {
                var fields: Fields = ["Authorization": "Bearer \(token)"]
                if let type { fields.append("Content-Type", type) }
                let request = Request(endpoint.method, path, fields: fields, body: .bytes(Array(body.utf8)))
                check(
                    try await house.send(request),
                    "\(endpoint.method.rawValue) \(path) \(type ?? "-") \(body)")
            }
        }
    }

    @Test func `limits, cursors and ids that are none are never 5xx`() async throws {
        let house = try await House.make()
        let token = try await token(house)
        _ = try await house.post("Hello #tag", token: token)
        let queries = [
            "limit=-1", "limit=0", "limit=1000000000", "limit=99999999999999999999", "limit=abc",
            "max_id=abc&min_id=-5&since_id=", "max_id=99999999999999999999",
            "min_id=0&limit=-9223372036854775808",
            "id[]=x&id[]=", "id=1&id[]=2", "types[]=nonsense&exclude_types[]=x", "offset=-1",
            "q=%00&offset=x",
            "timeline[]=x", "url=x", "domain=", "acct=@", "account_id=x",
        ]
        for (_, path) in rows(house, where: { $0.method == .get }) {
            for query in queries {
                for path in [path, path.replacing("123456789012345678", with: "abc")] {
                    check(try await house.get(path + "?" + query, token), "\(path)?\(query)")
                }
            }
        }
    }

    @Test(arguments: Encoding.allCases)
    func `one post in each encoding`(encoding: Encoding) async throws {
        let house = try await House.make()
        let token = try await token(house)
        let answer = try await house.send(
            encoding.request(
                .post, "/api/v1/statuses", token,
                [
                    ("status", "a & b \"c\" + d"), ("visibility", "unlisted"), ("sensitive", "true"),
                    ("poll[options][]", "one"), ("poll[options][]", "2"), ("poll[expires_in]", "600"),
                    ("poll[multiple]", "false"), ("poll[hide_totals]", "false"), ("in_reply_to_id", ""),
                    ("language", ""),
                ]))
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["content"]?.string == "<p>a &amp; b &quot;c&quot; + d</p>")
        #expect(json["visibility"]?.string == "unlisted")
        #expect(json["sensitive"]?.bool == true)
        #expect(json["poll"]?["multiple"]?.bool == false)
        #expect(json["poll"]?["options"]?.elements.compactMap { $0["title"]?.string } == ["one", "2"])
    }

    @Test(arguments: Encoding.allCases, [HTTP.Method.put, .patch])
    func `trap 14: one profile in each encoding, by PUT and PATCH`(encoding: Encoding, method: HTTP.Method)
        async throws
    {
        let house = try await House.make()
        let answer = try await house.send(
            encoding.request(
                method, "/api/v1/accounts/update_credentials/", house.token(),
                [
                    ("display_name", "Ada"), ("fields_attributes[0][name]", "a"),
                    ("fields_attributes[0][value]", "b"), ("fields_attributes[1][name]", "c"),
                    ("fields_attributes[1][value]", "4"), ("source[privacy]", "private"),
                    ("source[quote_policy]", "followers"), ("locked", "true"),
                    ("attribution_domains[]", "one.example"),
                    ("attribution_domains[]", "https://Two.example/x"),
                ]))
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["source"]?["fields"]?.elements.compactMap { $0["value"]?.string } == ["b", "4"])
        #expect(json["source"]?["privacy"]?.string == "private")
        #expect(json["source"]?["quote_policy"]?.string == "followers")
        let domains = json["source"]?["attribution_domains"]?.elements.compactMap(\.string)
        #expect(domains == ["one.example", "two.example"])
        #expect(json["locked"]?.bool == true)
    }

    @Test func `a DELETE may carry its parameters in the body`() async throws {
        let house = try await House.make()
        let token = try await token(house)
        for encoding in Encoding.allCases {
            let domain = [("domain", "far.example")]
            _ = try await house.send(encoding.request(.post, "/api/v1/domain_blocks", token, domain))
            #expect(try await house.get("/api/v1/domain_blocks", token).text == #"["far.example"]"#)
            let answer = try await house.send(
                encoding.request(.delete, "/api/v1/domain_blocks", token, domain))
            #expect(answer.text == "{}")
            #expect(try await house.get("/api/v1/domain_blocks", token).text == "[]", "\(encoding)")
        }
    }

    @Test(arguments: ["id=", "id[]=", "id[0]="])
    func `one id may be a list or not`(name: String) async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let path = "/api/v1/accounts/relationships?\(name)\(bob)"
        #expect(try await house.get(path, token(house)).ids == [bob.description])
    }
}
