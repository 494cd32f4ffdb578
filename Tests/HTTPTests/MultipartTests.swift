import Testing

@testable import HTTP

@Suite struct MultipartTests {
    private func headers(_ line: String) throws(MultipartError) -> MultipartHeaders {
        try MultipartHeaders(name: "").adding(Array(line.utf8)[...])
    }

    @Test(
        arguments: [
            ("form-data; name=\"file\"; filename=\"a b.png\"", "file", "a b.png"),
            ("form-data; name=x", "x", nil),
            ("form-data; name=\"media_ids[]\"", "media_ids[]", nil), ("form-data; NAME=\"x\"", "x", nil),
            ("form-data; name=\"a;b\"; filename=\"c\\\"d\"", "a;b", "c\"d"), ("form-data", "", nil),
            ("form-data; filename=\"x\"; filename*=UTF-8''na%C3%AFve.png; name=\"y\"", "y", "naïve.png"),
            ("form-data; name=\"é\"; filename=\"\"", "é", ""),
            ("form-data; name=a; filename*=latin1''x; filename=y", "a", "y"),
            ("form-data; name=a; filename*=UTF-8''%zz", "a", nil),
        ] as [(String, String, String?)])
    func `a part names its field and file`(value: String, name: String, filename: String?) throws {
        #expect(
            try headers("Content-Disposition: " + value) == MultipartHeaders(name: name, filename: filename))
    }

    @Test func `a part may say what it is`() throws {
        #expect(try headers("content-type:  image/jpg ").contentType == "image/jpg")
        #expect(try headers("X-Other: y") == MultipartHeaders(name: ""))
    }

    @Test(arguments: ["nonsense", " folded", "A : b", "A: \0"])
    func `a line that is no field is refused`(line: String) {
        #expect(throws: MultipartError.malformed) { try headers(line) }
    }
}
