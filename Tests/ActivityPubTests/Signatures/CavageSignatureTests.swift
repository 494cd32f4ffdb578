import ActivityPub
import HTTP
import Testing

struct CavageSignatureTests {
    @Test func `a header as Mastodon writes it`() throws {
        let signature = try CavageSignature(
            #"keyId="https://m.example/users/a#main-key",algorithm="rsa-sha256","#
                + #"headers="(request-target) Host date digest content-type",signature="AQID""#)
        #expect(signature.keyID == "https://m.example/users/a#main-key")
        #expect(signature.algorithm == "rsa-sha256")
        #expect(signature.signed == ["(request-target)", "host", "date", "digest", "content-type"])
        #expect(signature.signature == [1, 2, 3])
        #expect(signature.created == nil)
        #expect(signature.expires == nil)
    }

    @Test func `a header with everything`() throws {
        let signature = try CavageSignature(
            #"keyId="k", algorithm="HS2019", created=1402170695, expires="1402170699", nonce="x", "#
                + #"headers="(created)  (expires)", signature="AQID""#)
        #expect(signature.algorithm == "hs2019")
        #expect(signature.created == 1_402_170_695)
        #expect(signature.expires == 1_402_170_699)
        #expect(signature.signed == ["(created)", "(expires)"])
    }

    @Test func `without a list the default depends on the algorithm`() throws {
        #expect(try CavageSignature(#"keyId="k",algorithm="rsa-sha256",signature="AQID""#).signed == ["date"])
        #expect(
            try CavageSignature(#"keyId="k",algorithm="hs2019",signature="AQID""#).signed == ["(created)"])
        #expect(try CavageSignature(#"keyId="k",signature="AQID""#).signed == ["(created)"])
    }

    static let refused: [(String, SignatureFault)] = [
        ("", .missingParameter),
        (#"keyId="k""#, .missingParameter),
        (#"signature="AQID""#, .missingParameter),
        (#"keyId="",signature="AQID""#, .missingParameter),
        (#"keyId="k",signature="""#, .missingParameter),
        (#"keyId="k",signature="AQI""#, .malformedBase64),
        (#"keyId="k",signature="AQ-_""#, .malformedBase64),
        (#"keyId="k",signature="AQID",keyId="l""#, .repeatedParameter),
        (#"keyId="k",signature="AQID",headers="date host date""#, .repeatedParameter),
        (#"keyId="k",signature="AQID",headers="date Date""#, .repeatedParameter),
        (#"keyId="k",signature="AQID",headers="""#, .malformedSignature),
        (#"keyId="k",signature="AQID",headers=" ""#, .malformedSignature),
        (#"keyId="k",signature="AQID",created=soon"#, .malformedNumber),
        (#"keyId="k",signature="AQID",created="#, .malformedNumber),
        (#"keyId="k",signature="AQID",created=-1"#, .malformedNumber),
        (#"keyId="k",signature="AQID",expires=9999999999999999999999"#, .malformedNumber),
        ("sig1=:AQID:", .missingParameter),
        ("Hello", .malformedSignature),
    ]

    @Test(arguments: refused)
    func `nonsense is answered with 400`(header: String, fault: SignatureFault) {
        #expect(throws: fault) { try CavageSignature(header) }
        #expect(fault.status.code == 400)
    }

    @Test func `the list of what is signed has a limit`() throws {
        func header(_ count: Int) -> String {
            let names = (0..<count).map { "x-\($0)" }.joined(separator: " ")
            return #"keyId="k",signature="AQID",headers="\#(names)""#
        }
        #expect(try CavageSignature(header(64)).signed.count == 64)
        #expect(throws: SignatureFault.malformedSignature) { try CavageSignature(header(65)) }
    }
}
