import Basics
import Crypto
import Foundation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

/// Signing in from registration to revocation, as apps do it.
@Suite struct OAuthFlowTests {
    private static let verifier = String(repeating: "v", count: 43)
    private static var challenge: String { Base64.encodeURL(Digest.sha256(verifier.utf8)) }

    private struct App {
        let id: String
        let secret: String
    }

    private func register(
        _ house: House, redirect: String = "app:/done", scopes: String = "read write follow push"
    ) async throws -> App {
        let answer = try await house.post(
            "/api/v1/apps", nil,
            "client_name=Ivory&scopes=\(scopes.replacing(" ", with: "+"))&redirect_uris=\(encode(redirect))")
        #expect(answer.status == 200, "\(answer.text)")
        let json = try answer.json
        #expect(json["redirect_uri"]?.string == redirect)
        return App(
            id: try #require(json["client_id"]?.string), secret: try #require(json["client_secret"]?.string))
    }

    private func encode(_ text: String) -> String { PercentCoding.encodeQuery(text) }

    private func query(_ app: App, _ redirect: String = "app:/done", _ more: String = "") -> String {
        "response_type=code&client_id=\(app.id)&redirect_uri=\(encode(redirect))&scope=read+write" + more
    }

    /// Gives name and password as the form on the page would, and returns where the browser is sent.
    private func approve(
        _ house: House, _ query: String, password: String = House.password, name: String = "ada"
    ) async throws -> Answer {
        try await house.post(
            "/oauth/authorize", nil, query + "&username=\(name)&password=\(encode(password))")
    }

    private func code(_ answer: Answer) throws -> String {
        let location = try #require(answer.fields["Location"], "\(answer.status) \(answer.text)")
        let items = try #require(URLComponents(string: location)?.queryItems)
        return try #require(items.first { $0.name == "code" }?.value)
    }

    private func redeem(
        _ house: House, _ app: App, _ code: String, redirect: String = "app:/done", _ more: String = ""
    ) async throws -> Answer {
        try await house.post(
            "/oauth/token", nil,
            "grant_type=authorization_code&code=\(code)&client_id=\(app.id)&client_secret=\(app.secret)"
                + "&redirect_uri=\(encode(redirect))" + more)
    }

    @Test func `an app signs in, reads, and signs out`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        let page = try await house.get("/oauth/authorize/?" + query(app, "app:/done", "&state=a%26b"))
        #expect(page.status == 200)
        for part in [
            "Ivory", "app:", "<form method=\"post\"", "name=\"username\" value=\"ada\"", "a&amp;b",
            "<li>write</li>",
        ] {
            #expect(page.text.contains(part), "\(part)")
        }
        let policy = try #require(page.fields["Content-Security-Policy"])
        #expect(!policy.contains("form-action"))
        #expect(page.fields["Cross-Origin-Opener-Policy"] == nil)
        #expect(page.fields["Access-Control-Allow-Origin"] == nil)

        let sent = try await approve(house, query(app, "app:/done", "&state=a%26b"))
        #expect(sent.status == 302)
        #expect(sent.fields["Location"]?.hasSuffix("&state=a%26b") == true)
        let token = try await redeem(house, app, code(sent))
        #expect(token.status == 200)
        let json = try token.json
        #expect(json["token_type"]?.string == "Bearer")
        #expect(json["scope"]?.string == "read write")
        #expect(json["created_at"]?.int == Int(house.time.now.seconds))
        let secret = try #require(json["access_token"]?.string)
        #expect(try await house.get("/api/v1/accounts/verify_credentials", secret).status == 200)

        let revoked = try await house.post(
            "/oauth/revoke", nil,
            "{\"client_id\":\"\(app.id)\",\"client_secret\":\"\(app.secret)\",\"token\":\"\(secret)\"}")
        #expect(revoked.text == "{}")
        #expect(try await house.get("/api/v1/accounts/verify_credentials", secret).status == 401)
    }

    @Test func `a code works once, for ten minutes, for its app and its address`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        let other = try await register(house)
        let first = try code(try await approve(house, query(app)))
        #expect(try await redeem(house, app, first).status == 200)
        #expect(try await redeem(house, app, first).status == 400)

        let second = try code(try await approve(house, query(app)))
        let wrong = try await redeem(house, app, second, redirect: "app:/else")
        #expect(wrong.status == 400)
        #expect(try wrong.json["error"]?.string == "invalid_grant")
        #expect(try await redeem(house, app, second).status == 400, "a failed attempt uses it up")

        let third = try code(try await approve(house, query(app)))
        #expect(try await redeem(house, other, third).status == 400)

        let late = try code(try await approve(house, query(app)))
        house.time.advance(by: .seconds(600))
        #expect(try await redeem(house, app, late).status == 400)
    }

    @Test func `a code with a challenge needs its verifier, one without ignores it`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        let pkce = "&code_challenge=\(Self.challenge)&code_challenge_method=S256"
        for (more, status) in [
            ("&code_verifier=\(Self.verifier)", 200), ("", 400), ("&code_verifier=\(Self.verifier)x", 400),
            ("&code_verifier=\(Self.challenge)", 400),
        ] {
            let code = try code(try await approve(house, query(app, "app:/done", pkce)))
            #expect(try await redeem(house, app, code, more).status == status, "\(more)")
        }
        let plain = try code(try await approve(house, query(app)))
        #expect(try await redeem(house, app, plain, "&code_verifier=whatever").status == 200)
    }

    @Test func `what is wrong with a request is told to the app by redirect`() async throws {
        let house = try await House.make()
        let app = try await register(house, scopes: "read")
        for (more, error) in [
            ("&code_challenge=\(Self.challenge)&code_challenge_method=plain&scope=read", "invalid_request"),
            ("&code_challenge=\(Self.challenge)&scope=read", "invalid_request"),
            ("&code_challenge=short&code_challenge_method=S256&scope=read", "invalid_request"),
            ("&scope=write", "invalid_scope"),
        ] {
            let base = "response_type=code&client_id=\(app.id)&redirect_uri=app:/done&state=s"
            let answer = try await house.get("/oauth/authorize?" + base + more)
            #expect(answer.status == 302)
            #expect(answer.fields["Location"]?.hasPrefix("app:/done?error=\(error)&") == true, "\(more)")
            #expect(answer.fields["Location"]?.hasSuffix("&state=s") == true)
        }
        let token = try await house.get(
            "/oauth/authorize?response_type=token&client_id=\(app.id)&redirect_uri=app:/done")
        #expect(token.fields["Location"]?.contains("error=unsupported_response_type") == true)
    }

    @Test func `a browser is never sent to an address that was not registered`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        for query in [
            query(app, "app:/done/"), query(app, "https://evil.example/"), query(app, "APP:/done"),
            "response_type=code&client_id=unknown&redirect_uri=app:/done", "",
        ] {
            let answer = try await house.get("/oauth/authorize?" + query)
            #expect(answer.status == 400, "\(query)")
            #expect(answer.fields["Location"] == nil)
            #expect(answer.fields["Content-Type"] == "text/html; charset=utf-8")
            #expect(try await approve(house, query).status == 400)
        }
    }

    @Test(arguments: [
        "com.tapbots.Ivory.10217:/request_token", "icecubesapp://", "http://localhost:8080/cb?x=1",
        "https://elk.zone/api/home.example/oauth/https%3A%2F%2Felk.zone", "mastodon://callback",
    ])
    func `redirect addresses of real apps come back byte for byte`(redirect: String) async throws {
        let house = try await House.make()
        let app = try await register(house, redirect: redirect)
        let sent = try await approve(house, query(app, redirect))
        let mark = redirect.contains("?") ? "&" : "?"
        #expect(sent.fields["Location"]?.hasPrefix(redirect + mark + "code=") == true)
        #expect(try await redeem(house, app, code(sent), redirect: redirect).status == 200)
    }

    @Test func `out of band, the code is shown on a page of ours`() async throws {
        let house = try await House.make()
        let oob = "urn:ietf:wg:oauth:2.0:oob"
        let app = try await register(house, redirect: oob)
        let sent = try await approve(house, query(app, oob))
        let location = try #require(sent.fields["Location"])
        let page = try await house.get(location)
        let code = try #require(location.split(separator: "=").last.map { String($0) })
        #expect(page.text.contains("<code>\(code)</code>"))
        #expect(try await redeem(house, app, code, redirect: oob).status == 200)
        #expect(try await house.get("/oauth/authorize/native?code=Please+call+this+number").status == 400)
    }

    @Test func `a wrong password shows the form again, and ten of them close the door for five minutes`()
        async throws
    {
        let house = try await House.make()
        let app = try await register(house)
        for _ in 0..<9 {
            let answer = try await approve(house, query(app), password: "wrong")
            #expect(answer.status == 401)
            #expect(answer.text.contains("role=\"alert\""))
        }
        #expect(try await approve(house, query(app), name: "eve").status == 401)
        let closed = try await approve(house, query(app))
        #expect(closed.status == 429)
        #expect(closed.fields["Retry-After"] == "300")
        house.time.advance(by: .seconds(301))
        #expect(try await approve(house, query(app), name: "@Ada@home.example").status == 302)
    }

    @Test func `tokens can be asked for in every encoding, the app named in body or header`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        let basic = "Basic " + Base64.encode(Array("\(app.id):\(app.secret)".utf8))
        let multipart = """
            --b\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\nclient_credentials\r\n\
            --b\r\nContent-Disposition: form-data; name="client_id"\r\n\r\n\(app.id)\r\n\
            --b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n\(app.secret)\r\n--b--\r\n
            """
        let client = "client_id=\(app.id)&client_secret=\(app.secret)"
        let json =
            "{\"grant_type\":\"client_credentials\",\"client_id\":\"\(app.id)\",\"client_secret\":\"\(app.secret)\"}"
        let cases: [(String, Fields, String)] = [
            (
                "/oauth/token", ["Content-Type": "application/x-www-form-urlencoded"],
                "grant_type=client_credentials&" + client
            ),
            ("/oauth/token", ["Content-Type": "application/json; charset=utf-8"], json),
            (
                "/oauth/token", ["Content-Type": "multipart/form-data; charset=utf-8; boundary=\"b\""],
                multipart
            ),
            ("/oauth/token/?grant_type=client_credentials&" + client, [:], ""),
            ("/oauth/token?grant_type=client_credentials", ["Authorization": basic], ""),
        ]
        for (path, fields, body) in cases {
            let answer = try await house.send(
                Request(.post, path, fields: fields, body: .bytes(Array(body.utf8))))
            #expect(answer.status == 200, "\(path) \(fields) \(answer.text)")
            #expect(try answer.json["scope"]?.string == "read")
            #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
        }
    }

    @Test func `an app's own token opens nothing of the owner's`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        let answer = try await house.post(
            "/oauth/token", nil,
            "grant_type=client_credentials&client_id=\(app.id)&client_secret=\(app.secret)")
        let token = try #require(try answer.json["access_token"]?.string)
        let verified = try await house.get("/api/v1/apps/verify_credentials", token)
        #expect(try verified.json["name"]?.string == "Ivory")
        #expect(verified.text.contains("secret") == false)
        let home = try await house.get("/api/v1/timelines/home", token)
        #expect(home.status == 422)
        #expect(try home.json["error"]?.string == "This method requires an authenticated user")
    }

    @Test func `clients that are not who they say get the error that makes them register again`() async throws
    {
        let house = try await House.make()
        let app = try await register(house)
        for (body, status, error) in [
            ("grant_type=client_credentials&client_id=\(app.id)&client_secret=wrong", 401, "invalid_client"),
            ("grant_type=client_credentials", 401, "invalid_client"),
            (
                "grant_type=password&client_id=\(app.id)&client_secret=\(app.secret)", 400,
                "unsupported_grant_type"
            ),
            ("client_id=\(app.id)&client_secret=\(app.secret)", 400, "invalid_request"),
            (
                "grant_type=authorization_code&client_id=\(app.id)&client_secret=\(app.secret)", 400,
                "invalid_request"
            ),
            (
                "grant_type=client_credentials&scope=admin:read+push+read&client_id=\(app.id)&client_secret=\(app.secret)",
                200, ""
            ),
        ] {
            let answer = try await house.post("/oauth/token", nil, body)
            #expect(answer.status == status, "\(body)")
            #expect(try answer.json["error"]?.string ?? "" == error, "\(body)")
        }
        #expect(try await house.post("/oauth/revoke", nil, "token=x").status == 403)
        let unknown = try await house.post(
            "/oauth/revoke", nil, "token=x&client_id=\(app.id)&client_secret=\(app.secret)")
        #expect(unknown.status == 200)
    }

    @Test func `registrations are checked and counted`() async throws {
        var limits = APILimits.standard
        limits.registrations = 4
        let house = try await House.make(limits: limits)
        for body in [
            "redirect_uris=app:/x", "client_name=A", "client_name=A&redirect_uris=javascript:alert(1)",
            "client_name=A&redirect_uris=nothing", "client_name=A&redirect_uris=https://a/%23b",
        ] {
            #expect(try await house.post("/api/v1/apps", nil, body).status == 422, "\(body)")
        }
        let several = try await house.post(
            "/api/v1/apps", nil,
            "{\"client_name\":\"A\",\"redirect_uris\":[\"app:/a\",\"app:/b\"],\"scopes\":\"read nonsense admin:write\"}"
        )
        #expect(try several.json["redirect_uri"]?.string == "app:/a\napp:/b")
        #expect(try several.json["scopes"]?.elements.compactMap(\.string) == ["read"])
        for _ in 0..<3 { _ = try await register(house) }
        #expect(try await house.post("/api/v1/apps", nil, "client_name=A&redirect_uris=app:/x").status == 429)
    }

    @Test func `the token may stand in three places, the word Bearer in any case`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let path = "/api/v1/apps/verify_credentials"
        for (path, fields) in [
            (path, Fields([("Authorization", "Bearer \(token)")])),
            (path, Fields([("Authorization", "bEARER  \(token) ")])),
            (path + "?access_token=\(token)", Fields()),
        ] {
            #expect(try await house.send(Request(.get, path, fields: fields)).status == 200)
        }
        #expect(
            try await house.post("/api/v1/notifications/clear", nil, "access_token=\(token)").status == 200)
        for header in ["Bearer", "Basic \(token)", "Bearer x", ""] {
            let answer = try await house.send(
                Request(.get, path, fields: Fields([("Authorization", header)])))
            #expect(answer.status == 401)
            #expect(try answer.json["error"]?.string == "The access token is invalid")
        }
    }

    @Test func `the metadata say what there is`() async throws {
        let house = try await House.make()
        let json = try await house.get("/.well-known/oauth-authorization-server").json
        #expect(json["issuer"]?.string == "https://home.example/")
        #expect(json["code_challenge_methods_supported"]?.elements.compactMap(\.string) == ["S256"])
        #expect(json["scopes_supported"]?.count == Scope.all.count)
    }

    @Test func `who signed in is told by GET and POST alike, to apps with the scope`() async throws {
        let house = try await House.make()
        let token = try await house.token("profile")
        for method in [HTTP.Method.get, .post] {
            let answer = try await house.send(method, "/oauth/userinfo", token)
            let json = try answer.json
            #expect(json["iss"]?.string == "https://home.example/")
            #expect(json["preferred_username"]?.string == "ada" && json["name"]?.string == "Ada")
            #expect(json["sub"]?.string == "https://home.example/users/ada")
            #expect(json["profile"]?.string == "https://home.example/@ada")
            #expect(json["picture"]?.string?.hasPrefix("https://") == true)
            #expect(try await house.send(method, "/oauth/userinfo", house.token("write")).status == 403)
            #expect(try await house.send(method, "/oauth/userinfo", nil).status == 401)
        }
    }

    @Test func `HEAD is answered as GET is`() async throws {
        let house = try await House.make()
        for path in ["/api/v2/instance", "/api/v1/instance/", "/.well-known/oauth-authorization-server"] {
            #expect(try await house.send(.head, path, nil).status == 200)
        }
    }

    @Test func `trap 9: the address is compared byte by byte, after decoding it once`() async throws {
        let house = try await House.make()
        let redirect = "https://elk.zone/api/home.example/oauth/https%3A%2F%2Felk.zone"
        let app = try await register(house, redirect: redirect)
        let query = "response_type=code&client_id=\(app.id)&redirect_uri="
        #expect(try await house.get("/oauth/authorize?" + query + encode(redirect)).status == 200)
        #expect(try await house.get("/oauth/authorize?" + query + redirect).status == 400)
    }

    @Test func `trap 10: nothing in the page's head stops the way back to the app`() async throws {
        let house = try await House.make()
        let app = try await register(house)
        let page = try await house.get("/oauth/authorize?force_login=true&lang=de&" + query(app))
        #expect(page.fields["Content-Security-Policy"]?.contains("form-action") == false)
        #expect(page.fields["Cross-Origin-Opener-Policy"] == nil)
        #expect(!page.text.contains("<script"))
        #expect(page.text.contains("error=access_denied"))
    }

    @Test func `trap 5 and 6: the version reads as Mastodon, and no more is promised than there is`()
        async throws
    {
        let house = try await House.make()
        for path in ["/api/v1/instance", "/api/v2/instance"] {
            let json = try await house.get(path).json
            #expect(json["version"]?.string == "4.5.9 (compatible; Islet 1.0.0)")
        }
        #expect(try await house.get("/api/v2/instance").json["api_versions"]?["mastodon"]?.int == 7)
    }
}
