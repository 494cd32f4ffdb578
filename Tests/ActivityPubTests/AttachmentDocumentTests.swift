import JSON
import Testing

@testable import ActivityPub

struct AttachmentDocumentTests {
    private func read(_ attachment: String, type: NoteType = .note) throws -> [AttachmentDocument] {
        AttachmentDocument.all(in: try json("{\"attachment\": \(attachment)}"), of: type)
    }

    @Test func `a picture as Mastodon sends it`() throws {
        let found = try read(
            """
            [{"type": "Document", "mediaType": "image/jpeg", "url": "https://a.example/1.jpg", "name": "alt",
              "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj", "width": 1500, "height": 1000, "focalPoint": [-0.5, 0.25]}]
            """)
        let picture = try #require(found.first)
        #expect(
            picture.kind == .image && picture.mediaType == "image/jpeg"
                && picture.url == "https://a.example/1.jpg")
        #expect(picture.description == "alt" && picture.width == 1500 && picture.height == 1000)
        #expect(picture.focalPoint == AttachmentDocument.Focus(x: -0.5, y: 0.25))
    }

    @Test func `a film brings its picture and its length, a picture neither`() throws {
        let rest = #""icon": {"type": "Image", "url": "https://a.example/1.jpg"}, "duration": "PT1M2S"}"#
        let film = try read(
            #"[{"type": "Document", "mediaType": "video/mp4", "url": "https://a.example/1.mp4", "# + rest
                + "]")
        #expect(film.first?.preview == "https://a.example/1.jpg" && film.first?.duration == 62)
        let picture = try read(#"[{"type": "Image", "url": "https://a.example/1.png", "# + rest + "]")
        #expect(picture.first?.url == "https://a.example/1.png" && picture.first?.preview == nil)
    }

    @Test(arguments: [
        (
            #"{"type": "Document", "mediaType": "VIDEO/mp4; x=y", "url": "https://a.example/1"}"#,
            AttachmentDocument.Kind.video
        ),
        (#"{"type": "Audio", "url": "https://a.example/1"}"#, .audio),
        (#"{"type": "Image", "url": "https://a.example/1"}"#, .image),
        (#"{"type": "Link", "href": "https://a.example/page"}"#, .link),
        (#"{"type": "Link", "href": "https://a.example/1.png", "mediaType": "image/png"}"#, .image),
        (#"{"type": "Document", "url": "https://a.example/1"}"#, .unknown),
        (
            #"{"type": "Document", "url": {"type": "Link", "href": "https://a.example/1", "mediaType": "audio/ogg"}}"#,
            .audio
        ),
        (
            #"{"type": "Document", "url": [{"type": "Link", "href": "https://a.example/p", "mediaType": "text/html"}, {"type": "Link", "href": "https://a.example/1", "mediaType": "video/webm"}]}"#,
            .video
        ),
    ])
    func `what a file is follows from its media type, else from its own type`(
        source: String, kind: AttachmentDocument.Kind
    ) throws {
        #expect(try read(source).map(\.kind) == [kind])
    }

    @Test(arguments: [
        "null", "7", #""https""#, "{}", #"{"type": "PropertyValue", "name": "n", "value": "v"}"#,
        #"{"type": "Image", "url": "javascript:alert(1)"}"#,
        #"{"type": "Image", "url": "data:image/png;base64,AA"}"#,
        #"{"type": "Note", "url": "https://a.example/1"}"#, #"{"type": "Image", "url": 5}"#,
    ])
    func `what is no file is left out`(source: String) throws {
        #expect(try read(source).isEmpty)
    }

    @Test(arguments: [
        ("[0, 2]", nil), ("[1]", nil), ("[0, 0, 0]", nil), (#"["0", "0"]"#, nil), ("null", nil),
        ("[1e400, 0]", nil),
        (#"{"@list": [0.5, {"@value": -1}]}"#, AttachmentDocument.Focus(x: 0.5, y: -1)),
    ])
    func `a focus outside of the picture is none`(source: String, focus: AttachmentDocument.Focus?) throws {
        let item = #"{"type": "Image", "url": "https://a.example/1.png", "toot:focalPoint": \#(source)}"#
        #expect(try read(item).first?.focalPoint == focus)
    }

    @Test(arguments: ["0", "-1", "100001", "1e99", #""wide""#])
    func `an impossible size is not kept`(size: String) throws {
        let item =
            #"{"type": "Image", "url": "https://a.example/1.png", "width": \#(size), "height": \#(size)}"#
        let picture = try #require(try read(item).first)
        #expect(picture.width == nil && picture.height == nil)
    }

    @Test func `the description is the summary, else the name, and not endless`() throws {
        let long = String(repeating: "x", count: 10_001)
        let found = try read(
            """
            [{"type": "Image", "url": "https://a.example/1", "summary": "s", "name": "n"},
             {"type": "Image", "url": "https://a.example/2", "name": "\(long)"}, {"type": "Image", "url": "https://a.example/3", "name": ""}]
            """)
        #expect(found.map { $0.description?.count } == [1, 10_000, nil])
    }

    @Test func `a video is its own attachment`() throws {
        let video = try json(
            """
            {"type": "Video", "url": [{"type": "Link", "href": "https://a.example/w", "mediaType": "text/html"},
             {"type": "Link", "href": "https://a.example/v.mp4", "mediaType": "video/mp4"}]}
            """)
        #expect(AttachmentDocument.all(in: video, of: .video).map(\.url) == ["https://a.example/v.mp4"])
        #expect(AttachmentDocument.all(in: video, of: .note).isEmpty)
    }
}

struct BlurhashTests {
    @Test(arguments: [
        ("LEHV6nWB2yk8pyo0adR*.7kCMdnj", true), ("00Pj0^", true), ("", false), ("UBL_:rOpGG", false),
        ("short", false),
        ("00Pj0\"", false), ("00Pj0 ", false), ("~" + String(repeating: "0", count: 63), false),
    ])
    func `its length follows from its first digit`(hash: String, isValid: Bool) {
        #expect(Blurhash.isValid(hash) == isValid)
    }
}
