/// Mentions and hashtags in the shapes by which other servers and clients recognise them.
enum PostMarkup {
    static func mention(_ username: String, url: String) -> HTML {
        """
        <span class="h-card" translate="no"><a href="\(url)" class="u-url mention">\
        @<span>\(username)</span></a></span>
        """
    }

    static func hashtag(_ name: String, url: String) -> HTML {
        "<a href=\"\(url)\" class=\"mention hashtag\" rel=\"tag\">#<span>\(name)</span></a>"
    }
}
