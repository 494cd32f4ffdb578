import JSON
import Testing

@testable import ActivityPub

struct LinkTests {
    @Test(arguments: [
        (#""https://a.example/p""#, "https://a.example/p"),
        (#"{"type": "Link", "href": "https://a.example/p"}"#, "https://a.example/p"),
        (
            #"["https://a.example/1", {"type": "Link", "href": "https://a.example/p", "mediaType": "text/html"}]"#,
            "https://a.example/p"
        ),
        (
            #"[{"type": "Link", "href": "https://a.example/v.mp4", "mediaType": "video/mp4"}, "https://a.example/p"]"#,
            "https://a.example/p"
        ),
        (
            #"[{"type": "Link", "href": "https://a.example/v.mp4", "mediaType": "video/mp4"}]"#,
            "https://a.example/v.mp4"
        ),
        (#"["magnet:?x", "https://a.example/p"]"#, "https://a.example/p"), (#""javascript:alert(1)""#, nil),
        ("5", nil),
        ("[]", nil), ("{}", nil),
    ])
    func `the page for people is the one in HTML, else the first address`(source: String, expected: String?)
        throws
    {
        #expect(Link.page(try json(source)) == expected)
    }

    @Test(arguments: [
        (#""https://a.example/1.png""#, "https://a.example/1.png"),
        (#"{"type": "Image", "url": "https://a.example/1.png"}"#, "https://a.example/1.png"),
        (
            #"[null, {"type": "Image"}, {"type": "Image", "url": [{"type": "Link", "href": "https://a.example/2.png"}]}]"#,
            "https://a.example/2.png"
        ),
        (#"{"type": "Image", "url": "x"}"#, nil), ("null", nil),
    ])
    func `a picture is the first that can be shown`(source: String, expected: String?) throws {
        #expect(Link.picture(try json(source)) == expected)
    }
}
