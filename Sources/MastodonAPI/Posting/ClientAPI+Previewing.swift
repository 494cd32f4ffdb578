import Federation
package import Markup
import Storage

/// How a text would look as a post, for the owner's pages.
extension ClientAPI {
    package struct PreviewedText: Sendable {
        package let html: HTML
        /// For the limit of characters; the warning counts too.
        package let length: Int
    }

    /// Nobody is looked up for it: only people who are known already become links.
    ///
    /// - Parameter format: the media type that apps name it with; what is unknown counts as plain text.
    package func preview(_ text: String, format: String) throws -> PreviewedText {
        let text: any AuthoredText =
            PostFormat(rawValue: format) == .markdown ? MarkdownText(text) : PostText(text)
        let people = try store.read { try knownPeople(among: text.mentions, in: $0) }
        let html = text.html(
            mention: { people[$0] }, hashtag: { TagEntity.url($0.lowercased(), identity) })
        return PreviewedText(html: html, length: text.length)
    }

    private func knownPeople(
        among handles: [Handle], in snapshot: Snapshot
    ) throws -> [Handle: (url: String, username: String)] {
        var people: [Handle: (url: String, username: String)] = [:]
        for handle in handles.prefix(limits.mentionLookUps) {
            let isOwn = handle.domain == identity.accountDomain || handle.domain == identity.host
            let domain = isOwn ? nil : handle.domain
            if let actor = try Actors.find(username: handle.username, domain: domain, in: snapshot) {
                people[handle] = (actor.url ?? actor.uri, actor.username)
            }
        }
        return people
    }
}
