import JSON
import Testing

@testable import ActivityPub

struct AuthorsTests {
    @Test(arguments: [
        (#"{"attributedTo": "https://a.example/u"}"#, ["https://a.example/u"]),
        (#"{"actor": "https://a.example/u"}"#, ["https://a.example/u"]),
        (
            #"{"attributedTo": [{"type": "Group", "id": "https://a.example/c"}, {"type": "Person", "id": "https://a.example/u"}]}"#,
            ["https://a.example/u", "https://a.example/c"]
        ),
        (#"{"attributedTo": {"id": "https://a.example/u"}}"#, ["https://a.example/u"]),
        (#"{"attributedTo": null}"#, []),
        ("{}", []),
    ])
    func `a person comes before the group they post to`(source: String, expected: [String]) throws {
        #expect(Authors.of(try json(source)) == expected)
    }
}
