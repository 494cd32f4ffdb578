import ActivityPub
import HTTP
import Testing

struct SignedRequestTests {
    @Test func `the signature may come as an authorization`() throws {
        for scheme in ["Signature ", "signature "] {
            try TestSender().send { request in
                request.fields["Authorization"] = scheme + (request.fields["Signature"] ?? "")
                request.fields["Signature"] = nil
            }
        }
    }

    @Test func `an authorization of another scheme is none of ours`() {
        #expect(throws: SignatureFault.notSigned) {
            try TestSender().send { request in
                request.fields["Signature"] = nil
                request.fields["Authorization"] = "Bearer token"
            }
        }
    }

    @Test func `an authorization beside a signature does not matter`() throws {
        try TestSender().send { $0.fields["Authorization"] = "Bearer token" }
    }

    @Test func `two signatures are refused`() {
        #expect(throws: SignatureFault.repeatedParameter) {
            try TestSender().send { $0.fields.append("Signature", $0.fields["Signature"] ?? "") }
        }
    }

    @Test func `a request without signature is answered with 401`() {
        #expect(throws: SignatureFault.notSigned) { try TestSender().send { $0.fields["Signature"] = nil } }
        #expect(SignatureFault.notSigned.status.code == 401)
    }

    @Test func `with signatures of both sorts the older one counts`() throws {
        try TestSender().send { request in
            let ours = request.fields["Signature"] ?? ""
            request.fields["Signature"] = "sig1=:AQID:"
            request.fields.append("Signature", ours)
            request.fields["Signature-Input"] = #"sig1=("@method");created=1618884475;keyid="x""#
        }
    }
}
