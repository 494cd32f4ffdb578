import HTTP
import Markup

/// A post as feed readers show it: all of it, and the warning before it.
enum FeedContent {
    static func html(_ post: Post, _ words: Words) -> HTML {
        let warning: HTML =
            post.warning.isEmpty
            ? HTML() : "<p><strong>Content warning:</strong> \(post.warning)</p>\n<hr>\n"
        return warning + post.content + poll(post) + quote(post, words) + pictures(post)
    }

    static func language(of post: Post) -> HTML {
        post.language.map { " xml:lang=\"\($0)\"" } ?? HTML()
    }

    private static func poll(_ post: Post) -> HTML {
        guard let poll = post.poll else { return HTML() }
        let options = poll.options.map { "<li>\($0.title)</li>\n" as HTML }
        return "<ul>\n\(options.joined())</ul>\n"
    }

    private static func quote(_ post: Post, _ words: Words) -> HTML {
        guard let quoted = post.quote?.post,
            let address = [quoted.url, quoted.uri].first(where: { WebURL($0) != nil })
        else { return HTML() }
        return "<p>Quotes <a href=\"\(address)\">\(words.one(.post)) by \(quoted.author.name)</a>.</p>\n"
    }

    /// Not those that the author wants to be asked for.
    private static func pictures(_ post: Post) -> HTML {
        guard !post.isSensitive, post.warning.isEmpty else { return HTML() }
        return post.files.filter { $0.kind == "image" && $0.remote == nil }.map { file in
            "<p><img src=\"\(file.url)\" alt=\"\(file.description)\"></p>\n"
        }.joined()
    }
}
