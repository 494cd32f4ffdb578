import Federation
import HTTP
import Markup
import Storage

/// `/tags/NAME`: the owner's public posts with a hashtag.
struct TagPage {
    let html: HTML

    /// - Parameter name: lower case, without `#`.
    init(name: String, pages: WebPages, query: PageQuery, in snapshot: Snapshot) throws {
        let identity = pages.identity
        var filter = ProfileFilter()
        filter.visibility = .public
        filter.excludesReblogs = true
        filter.hashtag = name
        let ids = try Statuses.page(of: identity.owner, query.page, filter: filter, in: snapshot)
        let posts = try Posts(ids, in: snapshot).all
        let address = identity.hashtag(PercentCoding.encodeSegment(name))
        let list = PostList(
            posts: posts, ids: ids, query: query, base: address, markup: PostMarkup(identity: identity))
        let title = "#\(name)"
        html = pages.layout.page(
            Layout.Head(
                title: "\(title) (@\(identity.username)@\(identity.accountDomain))",
                description: "Posts by @\(identity.username) with the hashtag \(title)", canonical: address,
                isIndexed: false),
            main:
                "<section class=\"h-feed\">\n<h1 class=\"p-name\"><bdi>\(title)</bdi></h1>\n\(list.html)</section>\n"
        )
    }
}
