import Basics
import HTTP
import HouseSupport
import JSON
import Testing

@testable import MastodonAPI

/// What keeps apps from signing in on other servers.
@Suite struct SigningInTrapTests {
    /// As Elk registers it: what is encoded inside must come back as it is.
    private static let redirects = [
        "https://elk.zone/api/home.example/oauth/https%3A%2F%2Felk.zone",
        "com.tapbots.Ivory.10217:/request_token", "mastodon-android-auth://callback?a=1",
        "urn:ietf:wg:oauth:2.0:oob",
    ]

    private func register(_ house: House, _ redirect: String = "app:/done", _ scopes: String = "read write")
        async throws -> JSONValue
    {
        let body = """
            {"client_name":"Elk","redirect_uris":"\(redirect)","scopes":"\(scopes)"}
            """
        return try await house.post("/api/v1/apps", nil, body).json
    }

    private func query(_ app: JSONValue, _ redirect: String) throws -> String {
        "response_type=code&client_id=\(try #require(app["client_id"]?.string))"
            + "&redirect_uri=\(PercentCoding.encodeQuery(redirect))&scope=read+write"
    }

    /// From the form to the answer of the token endpoint.
    private func signIn(_ house: House, _ app: JSONValue, _ redirect: String = "app:/done") async throws
        -> JSONValue
    {
        let sent = try await house.post(
            "/oauth/authorize", nil,
            try query(app, redirect) + "&username=ada&password=\(PercentCoding.encodeQuery(House.password))")
        let code = try #require(sent.fields["Location"]?.split(separator: "code=").last)
        let secret = try #require(app["client_secret"]?.string)
        return try await house.post(
            "/oauth/token", nil,
            "grant_type=authorization_code&code=\(code)&client_id=\(app["client_id"]?.string ?? "")"
                + "&client_secret=\(secret)&redirect_uri=\(PercentCoding.encodeQuery(redirect))"
        ).json
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", "client_name=A&redirect_uris=app:/x", ""),
        ("application/json", #"{"client_name":"A","redirect_uris":"app:/x"}"#, ""),
        (
            "multipart/form-data; boundary=\"b\"",
            "--b\r\nContent-Disposition: form-data; name=\"client_name\"\r\n\r\nA\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"redirect_uris\"\r\n\r\napp:/x\r\n--b--\r\n",
            ""
        ),
        ("", "", "?client_name=A&redirect_uris=app:/x"),
    ])
    func `trap 8: apps register in every encoding`(type: String, body: String, query: String) async throws {
        let house = try await House.make()
        let fields: Fields = type.isEmpty ? [:] : ["Content-Type": type]
        let answer = try await house.send(
            Request(.post, "/api/v1/apps" + query, fields: fields, body: .bytes(Array(body.utf8))))
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try answer.json["redirect_uri"]?.string == "app:/x")
    }

    @Test(arguments: redirects)
    func `trap 9: a redirect is compared and echoed byte for byte`(redirect: String) async throws {
        let house = try await House.make()
        let app = try await register(house, redirect)
        #expect(app["redirect_uri"]?.string == redirect)
        #expect(app["redirect_uris"]?.elements.compactMap(\.string) == [redirect])
        #expect(try await signIn(house, app, redirect)["access_token"]?.string != nil)
        guard redirect.contains("%3A") else { return }
        let decoded = redirect.replacing("%3A", with: ":").replacing("%2F", with: "/")
        #expect(try await house.get("/oauth/authorize?" + query(app, decoded)).status == 400)
    }

    @Test func `trap 10: the page to sign in lets its form lead to the app, and its popup report back`()
        async throws
    {
        let house = try await House.make()
        let page = try await house.get(
            "/oauth/authorize?" + query(try await register(house), "app:/done"))
        #expect(page.status == 200)
        let policy = try #require(page.fields["Content-Security-Policy"])
        #expect(!policy.contains("form-action"))
        #expect(page.fields["Cross-Origin-Opener-Policy"] == nil)
    }

    @Test func `trap login: scope is in the answer, as it was granted`() async throws {
        let house = try await House.make()
        let token = try await signIn(house, try await register(house))
        #expect(token["scope"]?.string == "read write")
    }

    @Test func `trap login: unknown scopes do not stop a registration`() async throws {
        let house = try await House.make()
        let app = try await register(house, "app:/done", "read nonsense admin:write write")
        #expect(app["scopes"]?.elements.compactMap(\.string) == ["read", "write"])
    }

    @Test func `trap login: created_at is an integer`() async throws {
        let house = try await House.make()
        let token = try await signIn(house, try await register(house))
        #expect(token["created_at"]?.int == Int(house.time.now.seconds))
        #expect(token["created_at"]?.kind == .number)
    }

    @Test func `trap login: the page has a slash at its end for those who write one`() async throws {
        let house = try await House.make()
        let page = try await house.get(
            "/oauth/authorize/?" + query(try await register(house), "app:/done"))
        #expect(page.status == 200 && page.text.contains("<form"))
    }

    @Test func `trap login: an app that somebody signed in with is kept, however many come after it`()
        async throws
    {
        var limits = APILimits.standard
        limits.apps = 3
        let house = try await House.make(limits: limits)
        let app = try await register(house)
        let token = try #require(try await signIn(house, app)["access_token"]?.string)
        for number in 0..<6 {
            _ = try await register(house, "app:/\(number)")
            house.time.advance(by: .hours(25))
        }
        #expect(try await house.get("/api/v1/apps/verify_credentials", token).status == 200)
        #expect(try await signIn(house, app)["access_token"]?.string != nil)
    }

    @Test func `trap login: the page needs no script and nothing from elsewhere`() async throws {
        let house = try await House.make()
        let page = try await house.get(
            "/oauth/authorize?" + query(try await register(house), "app:/done"))
        for word in ["<script", "@import", "src=\"http", "href=\"http", "@font-face", "onclick"] {
            #expect(!page.text.contains(word), "\(word)")
        }
    }

    @Test func `trap login: two accounts in one app have two tokens`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        let first = try #require(try await signIn(house, app)["access_token"]?.string)
        let second = try #require(try await signIn(house, app)["access_token"]?.string)
        #expect(first != second)
        for token in [first, second] {
            #expect(try await house.get("/api/v1/accounts/verify_credentials", token).status == 200)
        }
    }

    @Test func `trap login: force_login shows the form, as every look at the page does`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        _ = try await signIn(house, app)
        for more in ["", "&force_login=true", "&force_login=false"] {
            let page = try await house.get("/oauth/authorize?" + query(app, "app:/done") + more)
            #expect(page.status == 200 && page.text.contains("type=\"password\""), "\(more)")
        }
    }

    @Test(arguments: ["", " ", "Tuba/0.1"])
    func `trap login: a blank User-Agent is served`(agent: String) async throws {
        let house = try await House.make()
        let answer = try await house.send(
            Request(.get, "/api/v1/instance", fields: ["User-Agent": agent]))
        #expect(answer.status == 200)
    }

    @Test func `trap 11: refused tokens can be read by browser apps, and posting may name its key`()
        async throws
    {
        let house = try await House.make()
        let refused = try await house.post("/oauth/token", nil, "grant_type=nonsense")
        #expect(refused.status >= 400 && refused.fields["Access-Control-Allow-Origin"] == "*")
        for (method, path) in [(HTTP.Method.post, "/oauth/token"), (.post, "/api/v1/statuses")] {
            let answer = try await house.send(
                Request(
                    .options, path, fields: ["Access-Control-Request-Method": method.rawValue]))
            #expect(answer.status == 204)
            #expect(
                answer.fields["Access-Control-Allow-Headers"]?.contains("Idempotency-Key") == true, "\(path)")
        }
    }
}
