import Crypto
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct PushEndpointsTests {
    private static let path = "/api/v1/push/subscription"
    private static let auth = "AAECAwQFBgcICQoLDA0ODw"
    /// The subscriber of RFC 8291 appendix A.
    private static let key =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    private static let endpoint = "https://push.example/send/1?a=b"

    private static let keys =
        "subscription[keys][p256dh]=\(key)&subscription[keys][auth]=\(auth)"
    private static let form = "subscription[endpoint]=https%3A%2F%2Fpush.example%2Fsend%2F1%3Fa%3Db&\(keys)"
    private static let json =
        #"{"subscription":{"endpoint":"\#(endpoint)","keys":{"p256dh":"\#(key)","auth":"\#(auth)"}}"#

    @Test func `every encoding is taken, also everything in the query`() async throws {
        let house = try await House.make()
        let more =
            "data[alerts][mention]=true&data[alerts][favourite]=1&data[alerts][poll]=false&data[policy]=followed"
        let query = (Self.form + "&" + more).replacing("[", with: "%5B").replacing("]", with: "%5D")
        let requests: [(path: String, body: String)] = [
            (Self.path, Self.form + "&" + more),
            (Self.path + "?" + query, ""),
            (
                Self.path,
                Self.json
                    + #","data":{"alerts":{"mention":true,"favourite":true,"poll":false},"policy":"followed"}}"#
            ),
            (
                Self.path,
                Self.json + #","data":{"alerts":{"mention":true,"favourite":true}},"policy":"followed"}"#
            ),
        ]
        for request in requests {
            let token = try await house.token("read push")
            let answer = try await house.post(request.path, token, request.body)
            #expect(answer.status == 200, "\(answer.text)")
            let json = try answer.json
            #expect(json["endpoint"]?.string == Self.endpoint)
            #expect(json["policy"]?.string == "followed" && json["standard"]?.bool == false)
            let on = json["alerts"]?.members.filter { $0.value.bool == true }.map(\.key) ?? []
            #expect(Set(on) == ["mention", "favourite"])
            let stored = try await house.get(Self.path, token)
            #expect(stored.text == answer.text)
        }
    }

    @Test func `the id is a number that fits 32 bits, and every type is there as true or false`() async throws
    {
        let house = try await House.make()
        let token = try await house.token("push")
        let answer = try await house.post(Self.path, token, Self.form + "&subscription[standard]=true")
        let json = try answer.json
        #expect(Int32(exactly: try #require(json["id"]?.int)) != nil)
        #expect(json["standard"]?.bool == true && json["policy"]?.string == "all")
        let names = [
            "mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update", "quote",
            "quoted_update", "admin.sign_up", "admin.report", "severed_relationships", "moderation_warning",
        ]
        let alerts = try #require(json["alerts"]?.members)
        #expect(Set(alerts.map(\.key)) == Set(names))
        #expect(alerts.allSatisfy { $0.value.bool == false })
    }

    @Test func `trap 16: the VAPID key is the same in its three places, and a point of the curve`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token("read push")
        let server = try await house.post(Self.path, token, Self.form).json["server_key"]?.string
        let key = try #require(server)
        let point = try P256Point(try #require(Base64.decodeLenient(key)))
        #expect(point.bytes.count == 65 && key.utf8.count == 88)
        let app = try await house.post("/api/v1/apps", nil, "client_name=a&redirect_uris=app:/done").json
        #expect(app["vapid_key"]?.string == key)
        let instance = try await house.get("/api/v2/instance").json
        #expect(instance["configuration"]?["vapid"]?["public_key"]?.string == key)
        let own = try await house.get("/api/v1/apps/verify_credentials", token).json
        #expect(own["vapid_key"]?.string == key)
        // And it stays: apps bind their subscriptions to it.
        try await PushKey.complete(house.store)
        #expect(try await house.get(Self.path, token).json["server_key"]?.string == key)
    }

    @Test func `trap 16: without a subscription the text says not found`() async throws {
        let house = try await House.make()
        let token = try await house.token("push")
        for method in [HTTP.Method.get, .put, .patch] {
            let answer = try await house.send(method, Self.path, token, "data[policy]=all")
            #expect(answer.status == 404)
            #expect(try answer.json["error"]?.string == "Record not found")
        }
        let gone = try await house.send(.delete, Self.path, token)
        #expect(gone.status == 200 && gone.text == "{}")
    }

    @Test func `keys are read in either alphabet, padded or not`() async throws {
        let house = try await House.make()
        let standard = Self.key.replacing("-", with: "+").replacing("_", with: "/")
        for (key, auth) in [
            (Self.key + "=", Self.auth + "=="), (standard, Self.auth), (standard + "=", Self.auth + "=="),
        ] {
            let token = try await house.token("push")
            let body =
                #"{"subscription":{"endpoint":"\#(Self.endpoint)","keys":{"p256dh":"\#(key)","auth":"\#(auth)"}}}"#
            #expect(try await house.post(Self.path, token, body).status == 200)
            let id = try house.store.read {
                try OAuthTokens.find(digest: Digest.sha256(token.utf8), in: $0)?.id ?? 0
            }
            let stored = try house.store.read { try PushSubscriptions.find(token: id, in: $0) }
            #expect(stored?.key.count == 65 && stored?.auth.count == 16 && stored?.accessToken == token)
        }
    }

    static let wrong: [(String, String, String)] = [
        ("no key", "https://push.example/", "subscription[keys][auth]=\(auth)"),
        ("no secret", "https://push.example/", "subscription[keys][p256dh]=\(key)"),
        (
            "short secret", "https://push.example/",
            "subscription[keys][p256dh]=\(key)&subscription[keys][auth]=AAAA"
        ),
        (
            "no Base64", "https://push.example/",
            "subscription[keys][p256dh]=!!&subscription[keys][auth]=\(auth)"
        ),
        (
            "no point", "https://push.example/",
            "subscription[keys][p256dh]=BCVx\(key.dropFirst(4).reversed().map(String.init).joined())&subscription[keys][auth]=\(auth)"
        ),
        ("a list", "https://push.example/", "subscription[keys][]=1"),
        ("plain http", "http://push.example/", keys),
        ("no name", "https://localhost/", keys),
        ("a private address", "https://192.168.1.1/", keys),
        ("a private address of the sixth version", "https://%5B::1%5D/", keys),
        ("no address", "push", keys),
        ("nothing", "", keys),
        ("too long", "https://push.example/" + String(repeating: "a", count: 2_048), keys),
        ("a policy that is none", "https://push.example/", keys + "&data[policy]=everybody"),
    ]

    @Test(arguments: wrong)
    func `what cannot be pushed to is refused`(name: String, endpoint: String, rest: String) async throws {
        let house = try await House.make()
        let token = try await house.token("push")
        let answer = try await house.post(Self.path, token, "subscription[endpoint]=\(endpoint)&\(rest)")
        #expect(answer.status == 422, "\(name): \(answer.text)")
        #expect(try await house.get(Self.path, token).status == 404)
    }

    @Test func `the scope push is needed, and a person`() async throws {
        let house = try await House.make()
        let reader = try await house.token("read write follow")
        #expect(try await house.post(Self.path, reader, Self.form).status == 403)
        #expect(try await house.get(Self.path, reader).status == 403)
        #expect(try await house.get(Self.path).status == 401)
        let app = try await house.token("push", isOwner: false)
        #expect(try await house.post(Self.path, app, Self.form).status == 422)
    }

    @Test func `PUT changes alerts and policy, and what is not said stays`() async throws {
        let house = try await House.make()
        let token = try await house.token("push")
        let first = try await house.post(Self.path, token, Self.form + "&data[alerts][mention]=true")
        let id = try first.json["id"]?.int
        let policy = try await house.send(.put, Self.path, token, "policy=follower").json
        #expect(policy["alerts"]?["mention"]?.bool == true && policy["policy"]?.string == "follower")
        let alerts = try await house.send(.put, Self.path, token, "data[alerts][reblog]=true").json
        #expect(alerts["alerts"]?["mention"]?.bool == false && alerts["alerts"]?["reblog"]?.bool == true)
        #expect(alerts["policy"]?.string == "follower" && alerts["id"]?.int == id)
        #expect(try await house.send(.put, Self.path, token, "policy=nobody").status == 422)
    }

    @Test func `a new registration replaces the one before, and DELETE ends it`() async throws {
        let house = try await House.make()
        let token = try await house.token("push")
        let other = try await house.token("push")
        _ = try await house.post(Self.path, token, Self.form)
        _ = try await house.post(Self.path, other, Self.form)
        let again = try await house.post(
            Self.path, token, "subscription[endpoint]=https://push.example/2&\(Self.keys)")
        #expect(try again.json["endpoint"]?.string == "https://push.example/2")
        #expect(try await house.get(Self.path, token).text == again.text)
        #expect(try await house.send(.delete, Self.path, token).text == "{}")
        #expect(try await house.get(Self.path, token).status == 404)
        #expect(try await house.get(Self.path, other).status == 200)
    }

    @Test func `the address that goes with each message ends the subscription, and no other does`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token("push")
        let id = try await house.post(Self.path, token, Self.form).json["id"]?.int ?? 0
        let found = try house.store.read { try PushSubscriptions.find(Int64(id), in: $0) }
        let subscription = try #require(found)
        let link = PushLink.url(of: subscription, house.identity)
        let path = String(link.dropFirst(house.identity.origin.count))
        #expect(path.hasPrefix("/api/web/push_subscriptions/\(id)-"))
        for wrong in ["\(id)", "\(id)-", "x-y", "99-abc", "-", "\(id)-\(Self.auth)"] {
            #expect(try await house.send(.delete, "/api/web/push_subscriptions/\(wrong)", nil).status == 404)
        }
        #expect(try await house.get(Self.path, token).status == 200)
        #expect(try await house.send(.delete, path, nil).status == 200)
        #expect(try await house.get(Self.path, token).status == 404)
        #expect(try await house.send(.delete, path, nil).status == 404)
    }
}
