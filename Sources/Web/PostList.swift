import Markup
import Storage

/// A page of posts with the ways to newer and older ones.
struct PostList {
    let posts: [Posts.Post]
    /// The ids asked for, of which some may not be shown.
    let ids: [StatusID]
    let query: PageQuery
    let base: String
    let markup: PostMarkup

    var html: HTML {
        guard !posts.isEmpty else {
            return query.isFirst
                ? "<p>Nothing has been posted yet.</p>\n" : "<p>There is nothing more.</p>\n\(ways)"
        }
        return posts.map { markup.html($0) }.joined() + ways
    }

    private var ways: HTML {
        var links: [HTML] = []
        if !query.isFirst, let newest = ids.first {
            links.append("<a rel=\"prev\" href=\"\(base)?min_id=\(newest.value)\">Newer posts</a>")
        }
        if ids.count == query.page.limit, let oldest = ids.last {
            links.append("<a rel=\"next\" href=\"\(base)?max_id=\(oldest.value)\">Older posts</a>")
        }
        guard !links.isEmpty else { return HTML() }
        return "<nav aria-label=\"More posts\">\n\(links.joined(separator: "\n"))\n</nav>\n"
    }
}
