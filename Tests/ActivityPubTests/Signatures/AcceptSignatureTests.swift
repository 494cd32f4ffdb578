import ActivityPub
import HTTP
import Testing

struct AcceptSignatureTests {
    @Test func `what we want signed is what we verify`() {
        #expect(
            AcceptSignature.value(for: .post)
                == #"sig1=("@method" "@target-uri" "@authority" "content-digest");created;keyid"#)
        #expect(
            AcceptSignature.value(for: .get) == #"sig1=("@method" "@target-uri" "@authority");created;keyid"#)
    }
}
