import Testing

/// A body that no app should send.
struct WrongBody: Sendable, CustomTestStringConvertible {
    let name: String
    let type: String
    let bytes: [UInt8]

    var testDescription: String { name }

    static let all: [WrongBody] = encodings + values.map(everywhere) + (1...24).map(mixed)

    /// Bodies that are not what they say they are, or say nothing that anybody knows.
    private static let encodings: [WrongBody] = [
        json("empty", ""), json("no object", "[1,2]"), json("a text", "\"status\""), json("a number", "7"),
        json("null", "null"), json("cut off", "{\"status\":\"x"), json("no JSON", "status=x"),
        json(
            "100 levels",
            String(repeating: "{\"poll\":", count: 100) + "1" + String(repeating: "}", count: 100)
        ),
        json("100 lists", String(repeating: "[", count: 100) + String(repeating: "]", count: 100)),
        json("twice the same", "{\"status\":\"a\",\"status\":\"b\",\"title\":1,\"title\":[]}"),
        json("half a surrogate", "{\"status\":\"\\ud83d\",\"title\":\"\\udc00\",\"name\":\"\\u0000\"}"),
        WrongBody(
            name: "no UTF-8 in JSON", type: "application/json",
            bytes: Array("{\"status\":\"".utf8) + [0xFF, 0xC0, 0x80] + Array("\"}".utf8)),
        form("no UTF-8 in a form", "status=%FF%C0%80&title=%ED%A0%80&name=%00"),
        form("odd brackets", "[]=1&a[=2&]=3&poll[options]=x&poll[options][]=y&poll[options][a]=z&poll=1"),
        form("many levels", "a" + String(repeating: "[b]", count: 200) + "=1"),
        form("many of one", (0..<2_000).map { "media_ids[]=\($0)" }.joined(separator: "&")),
        form("repeated", "status=a&status=b&visibility=public&visibility=direct&sensitive=x&sensitive="),
        form("huge index", "fields_attributes[99999999999999999999][name]=x&choices[-1]=1&choices[0]=9e9"),
        WrongBody(name: "plain text", type: "text/plain", bytes: Array("status=x".utf8)),
        WrongBody(name: "XML", type: "application/xml", bytes: Array("<status/>".utf8)),
        WrongBody(name: "no type", type: "", bytes: Array("status".utf8)),
        WrongBody(
            name: "UTF-16", type: "application/json; charset=utf-16", bytes: [0xFE, 0xFF, 0, 0x7B, 0, 0x7D]),
        WrongBody(name: "no boundary", type: "multipart/form-data", bytes: Array("--b\r\n".utf8)),
        WrongBody(
            name: "not its boundary", type: "multipart/form-data; boundary=b",
            bytes: Array("--c\r\n\r\nx".utf8)),
        WrongBody(
            name: "a part without end", type: "multipart/form-data; boundary=b",
            bytes: Array("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nx".utf8)
        ),
        WrongBody(
            name: "a part without name", type: "multipart/form-data; boundary=b",
            bytes: Array("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n".utf8)),
        WrongBody(
            name: "files everywhere", type: "multipart/form-data; boundary=b",
            bytes: names.flatMap { name in
                Array(
                    "--b\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"f\"\r\n\r\nx\r\n"
                        .utf8)
            } + Array("--b--\r\n".utf8)),
    ]

    /// What apps name in their bodies, of all areas.
    private static let names = [
        "status", "spoiler_text", "visibility", "language", "sensitive", "media_ids", "media_attributes",
        "poll",
        "in_reply_to_id", "quoted_status_id", "quote_approval_policy", "scheduled_at", "allowed_mentions",
        "title", "context", "filter_action", "keywords_attributes", "expires_in", "phrase", "keyword",
        "whole_word", "irreversible", "status_id", "name", "domain", "account_ids", "account_id",
        "status_ids",
        "comment", "category", "forward", "rule_ids", "home", "notifications", "subscription", "data",
        "policy",
        "display_name", "note", "fields_attributes", "source", "locked", "bot", "discoverable", "avatar",
        "header", "attribution_domains", "choices", "duration", "reblogs", "notify", "languages", "id", "ids",
        "replies_policy", "exclusive", "for_not_following", "filter_not_following", "client_name",
        "redirect_uris", "scopes", "website", "grant_type", "code", "client_id", "client_secret", "token",
        "redirect_uri", "file", "description", "focus", "thumbnail", "delete_media", "username", "show_media",
    ]

    /// JSON values of every kind, and some that only look like one.
    private static let values = [
        "true", "0", "-1", "1e400", "1000000000000000000000000000000", "\"\"", "\"x\"", "\"\\u0000\"", "[]",
        "{}", "null", "[null]", "[[],{}]", "[\"x\",1,true]", "{\"x\":{\"y\":[1]}}",
        "{\"0\":{\"name\":1,\"value\":[]},\"-1\":\"x\"}", "[{\"id\":\"x\",\"keyword\":[],\"_destroy\":{}}]",
        "{\"options\":\"x\",\"expires_in\":{},\"last_read_id\":[],\"privacy\":7,\"endpoint\":1,\"keys\":\"k\"}",
        "\"2025-13-45T99:99:99Z\"", "\"99999-01-01T00:00:00.000Z\"", "\"-0.5,7\"",
    ]

    private static func json(_ name: String, _ text: String) -> WrongBody {
        WrongBody(name: name, type: "application/json", bytes: Array(text.utf8))
    }

    private static func form(_ name: String, _ text: String) -> WrongBody {
        WrongBody(name: name, type: "application/x-www-form-urlencoded", bytes: Array(text.utf8))
    }

    /// One value under every name.
    private static func everywhere(_ value: String) -> WrongBody {
        json("\(value) everywhere", object(names.map { ($0, value) }))
    }

    /// Half of the names with values drawn by a number, the same in every run.
    private static func mixed(_ seed: Int) -> WrongBody {
        var state = UInt64(seed)
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let chosen = names.filter { _ in draw(2) == 0 }
        return json("mix \(seed)", object(chosen.map { ($0, values[draw(values.count)]) }))
    }

    private static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
}
