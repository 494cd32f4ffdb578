import Markup
import Storage

/// The post that one of the owner's quotes, as a note says it. FEP-044f.
struct QuoteParts {
    /// Its id.
    let uri: String
    /// Its page for people.
    let page: String
    /// The stamp by which its author agrees.
    let authorization: String?

    /// Nil when its author does not want that.
    ///
    /// - Parameter quoted: the post, if it is here.
    init?(_ quote: Quote, of quoted: Status?) {
        guard quote.state != .rejected, quote.state != .revoked else { return nil }
        uri = quoted?.uri ?? quote.quotedURI
        page = quoted?.url ?? uri
        authorization = quote.state == .accepted ? quote.authorization : nil
    }

    /// What stands before the text for those who cannot show quotes; those who can leave it out.
    var fallback: String {
        guard page.hasPrefix("https://") || page.hasPrefix("http://") else { return "" }
        let link: HTML = "<p class=\"quote-inline\">RE: <a href=\"\(page)\">\(page)</a></p>"
        return link.text
    }
}
