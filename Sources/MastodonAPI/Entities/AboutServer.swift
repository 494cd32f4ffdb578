import Federation
import HTTP
import JSON
import Markup
import Storage

/// What the owner says about the server, and what they expect of those who write to it.
struct AboutServer {
    /// As it was typed; empty when there is none.
    let text: String
    /// One sentence each.
    let rules: [String]

    /// Rules that are shown.
    private static let mostRules = 50

    init(in snapshot: Snapshot) throws {
        text = try Settings.text(.about, in: snapshot) ?? ""
        rules = AboutServer.rules(try Settings.text(.rules, in: snapshot) ?? "")
    }

    /// One a line; empty lines are between them.
    private static func rules(_ text: String) -> [String] {
        let lines = PlainText.cleaned(text).split(whereSeparator: \.isNewline).map {
            String($0).trimmingSpaces
        }
        return Array(lines.filter { !$0.isEmpty }.prefix(mostRules))
    }

    func html(_ identity: Identity) -> HTML {
        PostText(text).html(
            mention: { handle in
                let isOwn = handle.domain == nil || handle.domain == identity.accountDomain
                guard isOwn, identity.isOwner(handle.username) else { return nil }
                return (identity.profile, identity.username)
            }, hashtag: { identity.hashtag(PercentCoding.encodeSegment($0.lowercased())) })
    }

    /// <https://docs.joinmastodon.org/entities/Rule/>
    func write(rules writer: inout JSONWriter) {
        for (index, rule) in rules.enumerated() {
            writer.object { writer in
                writer.field("id", String(index + 1))
                writer.field("text", rule)
                writer.field("hint", "")
            }
        }
    }
}
