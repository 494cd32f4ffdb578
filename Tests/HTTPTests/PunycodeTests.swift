import Testing

@testable import HTTP

@Suite struct PunycodeTests {
    /// The samples of RFC 3492 section 7.1, mixed case left out.
    @Test(arguments: [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
        ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
        ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"), ("münchen", "mnchen-3ya"), ("ü", "tda"),
        ("-> $1.00 <-", "-> $1.00 <--"),
    ])
    func `labels are encoded as in the RFC`(label: String, encoded: String) throws {
        let bytes = try #require(Punycode.encode(Array(label.unicodeScalars)))
        #expect(String(decoding: bytes, as: UTF8.self) == encoded)
    }

    @Test func `a label longer than any can be is refused`() {
        #expect(Punycode.encode(Array(repeating: "\u{10FFFF}", count: 63)) != nil)
        #expect(Punycode.encode(Array(repeating: "\u{10FFFF}", count: 64)) == nil)
    }
}
