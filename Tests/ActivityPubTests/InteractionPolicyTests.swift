import JSON
import Testing

@testable import ActivityPub

struct InteractionPolicyTests {
    private static let author = "https://a.example/u"
    private static let actor = "https://b.example/v"
    private static let followers = "https://a.example/u/followers"
    private static let following = "https://a.example/u/following"

    private func policy(_ source: String) throws -> InteractionPolicy {
        try #require(InteractionPolicy(json(source)))
    }

    private func verdict(
        _ policy: InteractionPolicy, _ kind: InteractionPolicy.Kind, actor: String = actor,
        isFollower: Bool = false, isFollowed: Bool = false, isMentioned: Bool = false
    ) -> InteractionPolicy.Verdict {
        policy.verdict(
            for: kind, actor: actor, author: Self.author, followers: Self.followers,
            following: Self.following,
            isFollower: isFollower, isFollowed: isFollowed, isMentioned: isMentioned)
    }

    @Test(arguments: [
        "{}", #"{"canLike": null, "canReply": null, "canAnnounce": null, "canQuote": null}"#,
        #"{"canLike": {}, "canReply": {}, "canAnnounce": {}, "canQuote": {}}"#,
        #"{"canLike": [], "canReply": 5, "canAnnounce": "as:Public", "canQuote": {"automaticApproval": []}}"#,
    ])
    func `where nothing is said, all is allowed, but of quotes nothing is known`(source: String) throws {
        let policy = try policy(source)
        #expect(policy.canLike == nil && policy.canQuote == nil)
        for kind in [InteractionPolicy.Kind.like, .reply, .announce] {
            #expect(verdict(policy, kind) == .automatic)
        }
        #expect(verdict(policy, .quote) == .unstated)
        #expect(verdict(policy, .quote, actor: Self.author) == .automatic)
    }

    @Test(arguments: [
        (
            #"{"automaticApproval": ["https://www.w3.org/ns/activitystreams#Public"]}"#,
            InteractionPolicy.Verdict.automatic
        ),
        (#"{"automaticApproval": "as:Public"}"#, .automatic), (#"{"always": "Public"}"#, .automatic),
        (#"{"manualApproval": ["as:Public"]}"#, .manual), (#"{"approvalRequired": ["as:Public"]}"#, .manual),
        (#"{"automaticApproval": "https://B.example/v", "manualApproval": "as:Public"}"#, .automatic),
        // "Nobody" is the author alone.
        (#"{"automaticApproval": "https://a.example/u"}"#, .denied),
        (#"{"automaticApproval": "https://a.example/u/followers", "manualApproval": "as:Public"}"#, .manual),
        (#"{"automaticApproval": "https://a.example/u/followers"}"#, .denied),
        (#"{"gts:automaticApproval": {"id": "as:Public"}}"#, .automatic),
    ])
    func `a stranger may do what the lists say`(rule: String, expected: InteractionPolicy.Verdict) throws {
        let policy = try policy(
            "{\"canQuote\": \(rule), \"canReply\": \(rule), \"canLike\": \(rule), \"canAnnounce\": \(rule)}")
        for kind in [InteractionPolicy.Kind.like, .reply, .announce, .quote] {
            #expect(verdict(policy, kind) == expected)
        }
    }

    @Test func `followers and followed are meant by the addresses of their collections`() throws {
        let policy = try policy(
            #"{"canQuote": {"automaticApproval": "https://a.example/u/followers", "manualApproval": ["https://a.example/u/following"]}}"#
        )
        #expect(verdict(policy, .quote, isFollower: true) == .automatic)
        #expect(verdict(policy, .quote, isFollowed: true) == .manual)
        #expect(verdict(policy, .quote) == .denied)
        #expect(
            policy.verdict(
                for: .quote, actor: Self.actor, author: Self.author, followers: nil, following: nil,
                isFollower: true,
                isFollowed: true) == .denied)
    }

    @Test func `the author always may, and whoever is mentioned may reply`() throws {
        let rule = #"{"automaticApproval": ["https://a.example/u"]}"#
        let policy = try policy("{\"canReply\": \(rule), \"canAnnounce\": \(rule)}")
        #expect(verdict(policy, .announce, actor: "https://A.example/u") == .automatic)
        #expect(verdict(policy, .reply, isMentioned: true) == .automatic)
        #expect(verdict(policy, .announce, isMentioned: true) == .denied)
    }

    @Test func `what is no object is no policy, and lists are cut`() throws {
        #expect(InteractionPolicy(try json(#""public""#)) == nil)
        #expect(InteractionPolicy(try json("null")) == nil)
        let many = (0..<1_000).map { "\"https://b.example/\($0)\"" }.joined(separator: ",")
        #expect(try policy("{\"canQuote\": {\"manualApproval\": [\(many)]}}").canQuote?.manual.count == 256)
    }
}
