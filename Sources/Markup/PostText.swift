/// The text of a post as its author typed it, read for links, mentions and hashtags.
package struct PostText: Sendable {
    private let scalars: [Unicode.Scalar]
    private let parts: [PostGrammar.Part]

    /// What each link counts in `length`, as clients count it.
    package static let linkLength = 23

    /// - Parameter text: plain text of any length; control characters and those that turn the writing
    ///   direction vanish.
    package init(_ text: String) {
        scalars = Array(PlainText.cleaned(text).unicodeScalars)
        parts = PostGrammar(scalars).parts
    }

    /// Who is mentioned, each once, in order.
    package var mentions: [Handle] { parts.mentions }

    /// The hashtags without `#` as first written; those that differ only in case are one.
    package var hashtags: [String] { parts.hashtags }

    /// The addresses linked to, each once, in order, with their hosts in ASCII.
    package var links: [String] {
        var seen: Set<String> = []
        return parts.compactMap { part in
            guard case .link(let range) = part else { return nil }
            let address = PostLink(string(range)).href
            return seen.insert(address).inserted ? address : nil
        }
    }

    /// How long the post is for the limit shown to clients: characters as people see them, links as 23, a
    /// mention of somebody elsewhere without the host.
    package var length: Int {
        parts.reduce(into: "") { counted, part in
            switch part {
            case .text(let range): counted += string(range)
            case .link: counted += String(repeating: "x", count: Self.linkLength)
            case .hashtag(let name): counted += "#" + name
            case .mention(let handle, _): counted += "@" + handle.username
            }
        }.count
    }

    /// The post as HTML, in the shapes by which other servers and clients recognise links, mentions and
    /// hashtags.
    ///
    /// - Parameters:
    ///   - mention: the address of the profile and the name to show for a handle; `nil` when nobody is known
    /// by it, which
    ///     leaves it as text.
    ///   - hashtag: the address of a hashtag's page, given its name as written.
    package func html(
        mention: (Handle) -> (url: String, username: String)?, hashtag: (String) -> String
    ) -> HTML {
        var writer = ParagraphWriter()
        for part in parts {
            switch part {
            case .text(let range):
                writer.text(scalars[range])
            case .link(let range):
                writer.inline(PostLink(string(range)).html)
            case .hashtag(let name):
                writer.inline(PostMarkup.hashtag(name, url: hashtag(name)))
            case .mention(let handle, let range):
                guard let (url, username) = mention(handle) else {
                    writer.text(scalars[range])
                    continue
                }
                writer.inline(PostMarkup.mention(username, url: url))
            }
        }
        return writer.finish()
    }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }
}
