import Federation
import HTTP
import Testing

struct PublicDocumentTests {
    private let document = PublicDocument(Array("{}".utf8))

    @Test func `it may be kept and read from anywhere`() {
        let response = document.response(to: Request(.get, "/"))
        #expect(response.status == .ok && response.text == "{}")
        #expect(response.fields["Content-Type"] == "application/activity+json; charset=utf-8")
        #expect(response.fields["Vary"] == "Accept")
        #expect(response.fields["Cache-Control"] == "public, max-age=180")
        #expect(response.fields["Access-Control-Allow-Origin"] == "*")
        #expect(response.fields["ETag"] == document.etag)
    }

    @Test func `who has it already is told so`() {
        for list in [document.etag, "\"other\", \(document.etag)", "W/\(document.etag)", "*"] {
            let response = document.response(to: Request(.get, "/", fields: ["If-None-Match": list]))
            #expect(response.status == .notModified && response.bytes.isEmpty)
            #expect(response.fields["ETag"] == document.etag && response.fields["Vary"] == "Accept")
            #expect(response.fields["Content-Type"] == nil)
        }
        let other = document.response(to: Request(.get, "/", fields: ["If-None-Match": "\"other\""]))
        #expect(other.status == .ok)
    }

    @Test func `what is gone is never not modified`() {
        let request = Request(.get, "/", fields: ["If-None-Match": document.etag])
        #expect(document.response(to: request, status: .gone).status == .gone)
    }

    @Test func `the tag follows the content`() {
        let texts = ["", "a", "b", "aaaaaaaa", "aaaaaaab", "aaaaaaaaa", "baaaaaaaa"]
        #expect(Set(texts.map { PublicDocument(Array($0.utf8)).etag }).count == texts.count)
        #expect(PublicDocument(Array("same".utf8)).etag == PublicDocument(Array("same".utf8)).etag)
    }
}
