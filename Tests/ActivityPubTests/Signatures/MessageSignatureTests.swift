import HTTP
import Testing

@testable import ActivityPub

/// What is told from the two headers alone.
struct MessageSignatureTests {
    private func all(_ input: String?, _ signature: String?) throws -> [MessageSignature] {
        var fields = Fields()
        if let input { fields.append("Signature-Input", input) }
        if let signature { fields.append("Signature", signature) }
        return try MessageSignature.all(in: fields)
    }

    @Test func `everything a signature says is read`() throws {
        let input =
            #"sig1=("@method" "date");created=1618884473;expires=1618884573;keyid="https://a.example/\"k\"""#
            + #";alg="ed25519";nonce="x""#
        let found = try all(input, "sig1=:AQID:")
        let signature = try #require(found.first)
        #expect(found.count == 1)
        #expect(signature.signed == ["@method", "date"])
        #expect(signature.created == 1_618_884_473)
        #expect(signature.expires == 1_618_884_573)
        #expect(signature.keyID == #"https://a.example/"k""#)
        #expect(signature.algorithm == "ed25519")
        #expect(signature.signature == [1, 2, 3])
        #expect("sig1=" + signature.parameters == input)
    }

    @Test func `labels of one header only are left out`() throws {
        let found = try all(#"a=();keyid="1", b=();keyid="2",c=();keyid="3""#, "c=:AQID:, b=:AQID:;x, d=?0")
        #expect(found.map(\.keyID) == ["2", "3"])
        #expect(throws: SignatureFault.missingParameter) { try all("a=()", "b=:AQID:") }
        #expect(throws: SignatureFault.missingParameter) { try all("a=()", "a=?1") }
        #expect(throws: SignatureFault.missingParameter) { try all("a=()", nil) }
        #expect(throws: SignatureFault.missingParameter) { try all(nil, "a=:AQID:") }
    }

    @Test(arguments: [
        (#"sig1=("@method""#, SignatureFault.malformedSignature), ("sig1=?1", .malformedSignature),
        ("sig1=(date)", .malformedSignature), (#"sig1=("")"#, .malformedSignature),
        (#"sig1=("date" "date")"#, .repeatedParameter), ("sig1=();created=1;created=2", .repeatedParameter),
        ("sig1=();created=1.5", .malformedNumber), (#"sig1=();created="1""#, .malformedNumber),
        ("sig1=();created=1618884473999999", .malformedNumber), ("sig1=();expires", .malformedNumber),
        ("sig1=();keyid=a", .malformedSignature), ("sig1=();alg=1", .malformedSignature),
        ("sig1=(), sig1=()", .repeatedParameter),
    ])
    func `what makes no sense is answered with 400`(input: String, fault: SignatureFault) {
        #expect(throws: fault) { try all(input, "sig1=:AQID:") }
        #expect(fault.status.code == 400)
    }

    @Test func `the length of the headers is bounded`() {
        let long = "a=();tag=\"" + String(repeating: "x", count: 20_000) + "\""
        #expect(throws: SignatureFault.malformedSignature) { try all(long, "a=:AQID:") }
    }
}
