import Testing

@testable import ActivityPub

struct SignatureParametersTests {
    private func parse(_ text: String) throws -> SignatureParameters {
        try SignatureParameters(Array(text.utf8))
    }

    @Test(arguments: [
        #"a="1",b="2""#, #"a="1", b="2""#, #"a="1" ,b="2""#, #"  a="1",  b="2"  "#, #"a = "1" , b = "2""#,
        "a=1,b=2",
        "a=1, b=2", #"a="1",b="2","#, #"a="\1",b="2""#, "a=\"1\",\tb=\"2\"",
    ])
    func `spaces and quotes vary`(text: String) throws {
        let parameters = try parse(text)
        #expect(parameters["a"] == Array("1".utf8))
        #expect(parameters["b"] == Array("2".utf8))
        #expect(parameters["c"] == nil)
    }

    @Test func `commas, equals signs and escaped quotes stay in a quoted value`() throws {
        let parameters = try parse(#"a="x,y=z\"\\",b="""#)
        #expect(parameters["a"] == Array(#"x,y=z"\"#.utf8))
        #expect(parameters["b"] == [])
    }

    @Test func `names have case`() throws {
        #expect(try parse(#"keyid="x""#)["keyId"] == nil)
    }

    @Test(arguments: [
        "a", "a=\"1", "=1", "a=\"1\"b=\"2\"", "a=\"1\" b=\"2\"", ",", "a=1,,b=2", "a=\"\\", "\u{e9}=1",
        "a b=1",
    ])
    func `what is no list is refused`(text: String) {
        #expect(throws: SignatureFault.malformedSignature) { try parse(text) }
    }

    @Test func `a name may come once`() {
        #expect(throws: SignatureFault.repeatedParameter) { try parse("a=1,b=2,a=1") }
    }

    @Test func `there is a limit`() throws {
        let many = (0..<SignatureParameters.limit).map { "a\($0)=1" }
        _ = try parse(many.joined(separator: ","))
        #expect(throws: SignatureFault.malformedSignature) {
            try parse((many + ["b=1"]).joined(separator: ","))
        }
    }
}
