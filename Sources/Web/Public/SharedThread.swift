import Federation
import Markup

/// A post between those that it answers and those that answer it, in as many pages as that takes.
struct SharedThread {
    let post: Post
    let above: [Post]
    let below: [Post]
    /// The reply after which the page goes on; nil for the first page.
    let after: String?
    /// The reply after which more come than these; nil when there are none.
    let next: String?
    let address: String
    let identity: Identity
    let words: Words

    /// Whether it is not the first page.
    var isContinued: Bool { after != nil }

    var html: HTML {
        let title: HTML = "<h1 class=\"quiet\">\(words.title(.post)) by <bdi>\(post.author.name)</bdi></h1>\n"
        if isContinued { return title + continuation }
        return title + earlier + markup.html(post, isMain: true) + join + replies
    }

    /// Answers are told which post they answer, where it stands on the page or has one of its own.
    private var markup: PostMarkup {
        var markup = PostMarkup(identity: identity, words: words)
        for known in above + [post] + below { markup.parents[known.id] = markup.address(of: known) }
        return markup
    }

    /// The nearest of the posts above.
    private var earlier: HTML {
        guard !above.isEmpty else { return HTML() }
        let markup = markup
        let nearest = PageRoom(above.reversed(), room: PageRoom.bytes / 3) { markup.html($0) }
        let shown = above.suffix(nearest.count)
        var more = HTML()
        if nearest.count < above.count, let first = shown.first {
            more =
                "<p class=\"note\"><a href=\"\(markup.address(of: first))\">Earlier \(words[.posts])</a></p>\n"
        }
        return """
            <section aria-label="Earlier in this conversation">
            \(more)\(shown.map { markup.html($0) }.joined())</section>

            """
    }

    private var join: HTML {
        """
        <p><a class="button" href="/interact/\(post.id)">Answer, \(words[.boost]) or \(words[.favourite]) from your own \
        server</a></p>

        """
    }

    private var replies: HTML {
        guard !below.isEmpty else { return HTML() }
        let markup = markup
        let room = PageRoom(below) { markup.html($0) }
        var more = HTML()
        if let last = room.count < below.count ? below[room.count - 1].id : next {
            more = """
                <nav class="ways" aria-label="More">
                <a rel="next" href="\(address)?min_id=\(last)">More \(words[.replies])</a>
                </nav>

                """
        }
        return "<section>\n<h2>\(words.title(.replies))</h2>\n\(room.html)</section>\n\(more)"
    }

    private var continuation: HTML {
        "<p><a href=\"\(address)\">To the \(words[.post])</a></p>\n"
            + (below.isEmpty ? "<p>There is nothing more.</p>\n" : replies)
    }
}
