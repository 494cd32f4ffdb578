import HTTP
import Testing

@testable import MastodonAPI

@Suite struct ParametersTests {
    private func read(_ path: String, _ type: String?, _ body: String) async throws -> Parameters {
        var fields = Fields()
        if let type { fields.append("Content-Type", type) }
        return try await Parameters.read(
            from: Request(.post, path, fields: fields, body: .bytes(Array(body.utf8))))
    }

    private static func part(_ name: String, _ value: String) -> String {
        "--x y\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    @Test(
        arguments: [
            ("/p", "application/x-www-form-urlencoded", "a=1&b%5B%5D=2&b[]=3&c[d]=4&e=true"),
            ("/p", "application/x-www-form-urlencoded; charset=utf-8", "a=1&b[0]=2&b[1]=3&c[d]=4&e=on"),
            ("/p", nil, "a=1&b[]=2&b[]=3&c[d]=4&e=1"),
            ("/p?a=1&b[]=2&b[]=3&c[d]=4&e=t", nil, ""),
            ("/p?a=1&e=TRUE", "application/json", #"{"b":[2,"3"],"c":{"d":4}}"#),
            ("/p", "application/json; charset=utf-8", #"{"a":1,"b":["2",3],"c":{"d":"4"},"e":true}"#),
            ("/p?a=other", "application/json", #"{"a":1.0,"b":["2",3],"c":{"d":"4"},"e":true,"f":null}"#),
            (
                "/p", #"multipart/form-data; charset=utf-8; boundary="x y""#,
                part("a", "1") + part("b[]", "2") + part("b[]", "3") + part("c[d]", "4") + part("e", "1")
                    + "--x y--\r\n"
            ),
        ] as [(String, String?, String)])
    func `every encoding says the same`(path: String, type: String?, body: String) async throws {
        let parameters = try await read(path, type, body)
        #expect(parameters.int("a") == 1)
        #expect(parameters.texts("b") == ["2", "3"])
        #expect(parameters["c"]?["d"]?.string == "4")
        #expect(parameters.bool("e") == true)
        #expect(parameters["f"] == nil)
    }

    @Test func `a single value is a list of one, and false has several spellings`() async throws {
        let parameters = try await read("/p?id=7&w=false&x=0&y=F&z=off&v=&u=no", nil, "")
        #expect(parameters.texts("id") == ["7"])
        for name in ["w", "x", "y", "z"] { #expect(parameters.bool(name) == false, "\(name)") }
        #expect(parameters.bool("v") == nil)
        #expect(parameters.bool("u") == true)
        #expect(parameters.text("v") == nil)
        #expect(parameters.given("v") == "")
    }

    @Test(arguments: [
        ("application/json", "{"), ("application/json", "{\"a\":1}x"),
        ("multipart/form-data; boundary=x", "nothing"),
        ("multipart/form-data", "--x--"), ("application/json", String(repeating: "[", count: 100)),
    ])
    func `a body that is not what it says is 400`(type: String, body: String) async throws {
        let error = await #expect(throws: APIError.self) { try await read("/p", type, body) }
        #expect(error?.status == .badRequest)
    }

    @Test func `an unknown encoding or an empty body leaves the query`() async throws {
        #expect(try await read("/p?a=1", "text/plain", "a=2").int("a") == 1)
        #expect(try await read("/p?a=1", "application/json", "").int("a") == 1)
        #expect(try await read("/p?a=1", "application/json", "{}").int("a") == 1)
    }

    @Test func `a file where none is expected is no parameter, and NUL is no character`() async throws {
        let body = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n1\r\n--x--\r\n"
        #expect(try await read("/p", "multipart/form-data; boundary=x", body)["a"] == nil)
        #expect(try await read("/p", "application/json", #"{"a":"x\u0000y"}"#).text("a") == "x\u{FFFD}y")
    }
}
