import HTTP
import Storage
import Testing

@testable import MastodonAPI

@Suite struct StreamCommandTests {
    /// The command in a few words.
    private func read(_ text: String) throws -> String {
        switch try StreamCommand(text) {
        case .subscribe(let subscription): "+ \(subscription.stream) \(subscription.label)"
        case .unsubscribe(let stream): "- \(stream)"
        case .nothing: "nothing"
        }
    }

    @Test(arguments: [
        (#"{"type":"subscribe","stream":"user"}"#, #"+ user ["user"]"#),
        (#"{"type":"unsubscribe","stream":"user"}"#, "- user"),
        (#"{"type":"subscribe","stream":["user","public"]}"#, #"+ user ["user"]"#),
        (#"{"type":"subscribe","stream":"direct","tag":null,"list":null}"#, #"+ direct ["direct"]"#),
        (
            #"{"type":"subscribe","stream":"hashtag","tag":["A","b"]}"#,
            #"+ hashtag("a", isLocal: false) ["hashtag", "A"]"#
        ),
        (#"{"type":"subscribe","stream":"list","list":5}"#, #"+ list(5) ["list", "5"]"#),
        (#"{"type":"ping","stream":"nonsense"}"#, "nothing"), ("{}", "nothing"), ("[]", "nothing"),
        ("7", "nothing"), (#"{"type":["subscribe"]}"#, "nothing"),
    ])
    func `a command is read`(text: String, meaning: String) throws {
        #expect(try read(text).replacing("MastodonAPI.StreamName.", with: "") == meaning)
    }

    @Test(arguments: [
        "", "{", "subscribe", "\u{0}", #"{"type":"subscribe"}"#, #"{"type":"subscribe","stream":[]}"#,
        #"{"type":"subscribe","stream":{}}"#, #"{"type":"unsubscribe","stream":"everything"}"#,
        #"{"type":"subscribe","stream":"hashtag"}"#, String(repeating: "[", count: 10_000),
    ])
    func `what is no command is refused with 400`(text: String) {
        let error = #expect(throws: APIError.self) { try StreamCommand(text) }
        #expect(error?.status == .badRequest)
    }
}
