import JSON
import Testing

@testable import ActivityPub

struct AudienceTests {
    private static let followers = "https://a.example/followers"
    private static let everybody = Vocabulary.everybody

    @Test(
        arguments: [
            ([everybody], [followers], Audience.Kind.open), (["as:Public"], [], .open),
            (["Public"], [], .open),
            ([everybody], [everybody], .open), ([followers], [everybody], .unlisted),
            ([], ["as:Public"], .unlisted),
            ([followers], [], .followers), (["https://b.example/u"], [followers], .followers),
            (["https://b.example/u"], [], .direct), ([], [], .direct),
        ] as [([String], [String], Audience.Kind)])
    func `who may see it is decided by the first rule that fits`(
        to: [String], cc: [String], kind: Audience.Kind
    ) {
        #expect(Audience(to: to, cc: cc, followers: Self.followers).kind == kind)
    }

    @Test func `without knowing the followers' address nothing is for them`() {
        #expect(Audience(to: [Self.followers], cc: [], followers: nil).kind == .direct)
    }

    @Test(
        arguments: [
            (Audience.Kind.open, [everybody], [followers, "https://b.example/u"]),
            (.unlisted, [followers], [everybody, "https://b.example/u"]),
            (.followers, [followers], ["https://b.example/u"]),
            (.direct, ["https://b.example/u"], []),
        ] as [(Audience.Kind, [String], [String])])
    func `what we write is read as the same`(kind: Audience.Kind, to: [String], cc: [String]) {
        let mentions = ["https://b.example/u", Self.followers, "https://b.example/u"]
        let audience = Audience(kind, followers: Self.followers, mentions: mentions)
        #expect(audience.to == to)
        #expect(audience.cc == cc)
        #expect(Audience(to: audience.to, cc: audience.cc, followers: Self.followers) == audience)
    }

    @Test func `being named is being in one of the lists`() {
        let audience = Audience(to: ["x"], cc: ["y"], followers: nil)
        #expect(audience.names("x") && audience.names("y"))
        #expect(!audience.names("z"))
    }

    @Test func `ten thousand addressees are cut to a thousand`() throws {
        let list = (0..<10_000).map { "\"https://a.example/\($0)\"" }.joined(separator: ",")
        #expect(Audience.addressees(try json("[\(list)]")).count == Audience.most)
    }

    @Test func `a hidden copy to everybody makes nothing public`() throws {
        let note = try json(#"{"bto": ["as:Public"], "bcc": "https://b.example/u"}"#)
        #expect(Audience.hidden(in: note) == ["https://b.example/u"])
    }
}
