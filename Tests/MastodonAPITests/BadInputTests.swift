import Crypto
import Federation
import Foundation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

/// The whole table of endpoints under what no app should send: refused in words that apps read, never a fault.
@Suite struct BadInputTests {
    @Test func `without a token, or with one that nobody gave out, every door that needs one stays shut`()
        async throws
    {
        let house = try await House.make()
        for endpoint in house.api.endpoints {
            let known = try await ask(house, endpoint, token: nil)
            if endpoint.access.needsToken { expect(known, 401, "The access token is invalid", endpoint) }
            let unknown = try await ask(house, endpoint, token: "nobody-gave-this-out")
            if !endpoint.access.isOpen { expect(unknown, 401, "The access token is invalid", endpoint) }
        }
    }

    @Test func `a token that was taken back opens nothing`() async throws {
        let house = try await House.make()
        let token = try await house.token("read write follow push profile")
        try await house.store.write { tx in
            guard let found = try OAuthTokens.find(digest: Digest.sha256(token.utf8), in: tx) else { return }
            try OAuthTokens.remove(digest: Digest.sha256(token.utf8), app: found.app, in: tx)
        }
        for endpoint in house.api.endpoints where !endpoint.access.isOpen {
            expect(
                try await ask(house, endpoint, token: token), 401, "The access token is invalid", endpoint)
        }
    }

    @Test func `a token without the scope is told so`() async throws {
        let house = try await House.make()
        var narrow: [String: String] = [:]
        for scope in ["push", "profile", "read:blocks"] { narrow[scope] = try await house.token(scope) }
        for endpoint in house.api.endpoints {
            guard let scopes = endpoint.access.scopes else { continue }
            let scope = try #require(
                ["push", "profile", "read:blocks"].first { name in
                    !scopes.contains { ScopeSet(name).allows($0) }
                })
            expect(
                try await ask(house, endpoint, token: narrow[scope]), 403,
                "This action is outside the authorized scopes", endpoint)
        }
    }

    @Test func `the token of an app is no user's`() async throws {
        let house = try await House.make()
        let token = try await house.token("read write follow push profile", isOwner: false)
        for endpoint in house.api.endpoints {
            guard case .owner = endpoint.access else { continue }
            expect(
                try await ask(house, endpoint, token: token), 422,
                "This method requires an authenticated user", endpoint)
        }
    }

    @Test(arguments: [
        "999999999999999999", "0", "-1", "abc", "1000000000000000000000000000000", "1.5", "%20", "%E2%80%AE",
        "%F0%9F%90%98", "a%2Fb", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "9223372036854775807", "9223372036854775808",
    ])
    func `an id that leads nowhere is no fault`(id: String) async throws {
        let house = try await House.make()
        let token = try await house.token("read write follow push profile")
        for endpoint in house.api.endpoints where endpoint.path.contains(":") {
            check(try await ask(house, endpoint, token: token, id: id), endpoint, id)
        }
    }

    @Test(arguments: [
        "limit=-1", "limit=1000000000", "limit=0", "limit=x", "limit=1&limit=2", "limit[]=3", "limit[a]=3",
        "max_id=abc&since_id=-5&min_id=1000000000000000000000000000000", "max_id=&min_id=", "max_id[]=1",
        "offset=-1", "offset=1000000000000000000000000000000", "offset=9223372036854775807&limit=40",
        "id=abc&id[]=-1&id[]=1000000000000000000000000000000", "id[0]=x&id[9999999999]=y", "q=&type=nothing",
        "q=%00%FF&resolve=maybe", "types[]=nothing&exclude_types[]=%FF&account_id=x", "timeline[]=%FF",
        "any[]=%FF&all[]=&none[]=x", "acct=%40%40%40", "domain=%00", "url=javascript%3Ax", "tag=&list=x",
        "%5B%5D=1&=2&%5B=3&a%5Bb=4", "access_token=",
    ])
    func `trap 20: no query is a fault of the server`(query: String) async throws {
        let house = try await House.make()
        let token = try await house.token("read write follow push profile")
        for endpoint in house.api.endpoints where endpoint.method == .get {
            let path = endpoint.path(id: "1") + "?" + query
            check(try await house.get(path, token), endpoint, query)
        }
    }

    @Test(arguments: WrongBody.all)
    func `trap 20: no body is a fault of the server, and every error is JSON`(body: WrongBody) async throws {
        let house = try await House.make()
        let token = try await house.token("read write follow push profile")
        let status = try await house.post("a post", token: token)
        for endpoint in house.api.endpoints where endpoint.method != .get {
            for id in [String(status.value), String(house.identity.owner.value)] {
                let answer = try await send(house, endpoint, token, id, body)
                check(answer, endpoint, body.name)
                if endpoint.path.contains(":") == false { break }
            }
        }
    }

    @Test func `a browser may ask before each call, and read each answer`() async throws {
        let house = try await House.make()
        for endpoint in house.api.endpoints {
            let path = endpoint.path(id: "1")
            guard CORS.methods(for: path) != nil else { continue }
            let answer = try await house.send(
                Request(
                    .options, path,
                    fields: [
                        "Origin": "https://elk.example",
                        "Access-Control-Request-Method": endpoint.method.rawValue,
                        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
                    ]))
            #expect(answer.status == 204, "\(path)")
            #expect(answer.fields["Access-Control-Allow-Origin"] == "*", "\(path)")
            #expect(answer.fields["Access-Control-Allow-Methods"]?.contains(endpoint.method.rawValue) == true)
            #expect(
                answer.fields["Access-Control-Allow-Headers"]
                    == "authorization,content-type,idempotency-key", "\(path)")
            #expect(answer.fields["Access-Control-Allow-Credentials"] == nil, "\(path)")
        }
    }
}

extension BadInputTests {
    private func ask(_ house: House, _ endpoint: Endpoint, token: String?, id: String = "1") async throws
        -> Answer
    {
        try await house.send(endpoint.method, endpoint.path(id: id), token)
    }

    private func send(
        _ house: House, _ endpoint: Endpoint, _ token: String, _ id: String, _ body: WrongBody
    ) async throws -> Answer {
        let fields: Fields = ["Authorization": "Bearer \(token)", "Content-Type": body.type]
        return try await house.send(
            Request(endpoint.method, endpoint.path(id: id), fields: fields, body: .bytes(body.bytes)))
    }

    private func expect(_ answer: Answer, _ status: Int, _ error: String, _ endpoint: Endpoint) {
        check(answer, endpoint, "")
        #expect(answer.status == status, "\(endpoint.name)")
        #expect((try? answer.json["error"]?.string) == error, "\(endpoint.name): \(answer.text)")
    }

    /// What holds for every answer.
    private func check(_ answer: Answer, _ endpoint: Endpoint, _ why: String) {
        let name = "\(endpoint.name) (\(why)): \(answer.status) \(answer.text.prefix(200))"
        #expect(200..<500 ~= answer.status || answer.status == 101, "\(name)")
        if CORS.methods(for: endpoint.path(id: "1")) != nil {
            #expect(answer.fields["Access-Control-Allow-Origin"] == "*", "\(name)")
            #expect(answer.fields["Access-Control-Expose-Headers"]?.contains("Link") == true, "\(name)")
        }
        #expect(answer.fields["Access-Control-Allow-Credentials"] == nil, "\(name)")
        let type = answer.fields["Content-Type"] ?? ""
        if answer.status >= 400 {
            #expect(((try? answer.json["error"]?.string) ?? "").isEmpty == false, "\(name)")
        }
        if type.hasPrefix("text/event-stream") || answer.status == 101 || endpoint.path.hasSuffix("/health") {
            return
        }
        #expect(type == "application/json; charset=utf-8", "\(name)")
        #expect((try? answer.json) != nil, "\(name)")
        guard !endpoint.access.isOpen else { return }
        #expect(answer.fields["Vary"]?.contains("Authorization") == true, "\(name)")
        #expect(answer.fields["Cache-Control"] == "private, no-store", "\(name)")
    }
}

extension Endpoint {
    fileprivate var name: String { "\(method.rawValue) \(path)" }

    /// The path with this in every hole.
    fileprivate func path(id: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.hasPrefix(":") || segment.hasPrefix("*") ? id : String(segment)
        }.joined(separator: "/")
    }
}

extension Access {
    fileprivate var isOpen: Bool { if case .open = self { true } else { false } }

    fileprivate var needsToken: Bool {
        switch self {
        case .open, .optional: false
        case .anyToken, .owner: true
        }
    }

    fileprivate var scopes: [Scope]? {
        switch self {
        case .open, .anyToken: nil
        case .optional(let scopes), .owner(let scopes): scopes
        }
    }
}
