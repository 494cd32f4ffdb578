/// What the owner wrote, in one of the ways in which a post can be written.
package protocol AuthoredText: Sendable {
    /// Who is mentioned, each once, in order.
    var mentions: [Handle] { get }
    /// The hashtags without `#` as first written; those that differ only in case are one.
    var hashtags: [String] { get }
    /// How long it is for the limit shown to clients.
    var length: Int { get }

    /// The text as HTML that is safe.
    ///
    /// - Parameters:
    ///   - mention: the address of the profile and the name to show for a handle; nil when nobody is known by it.
    ///   - hashtag: the address of a hashtag's page, given its name as written.
    func html(
        mention: (Handle) -> (url: String, username: String)?, hashtag: (String) -> String
    ) -> HTML
}

extension PostText: AuthoredText {}
