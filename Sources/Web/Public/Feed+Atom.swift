import Federation
import Markup

/// RFC 4287.
extension Feed {
    var atom: HTML {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
        <id>\(address)</id>
        <title>\(title)</title>
        <subtitle>\(PlainText.text(author.note.text, limit: 300))</subtitle>
        <updated>\(updated)</updated>
        <link rel="self" type="application/atom+xml" href="\(address)"/>
        <link rel="alternate" type="text/html" href="\(page)"/>
        <logo>\(author.avatar)</logo>
        <author><name>\(author.name)</name><uri>\(identity.profile)</uri></author>
        <generator uri="\(identity.origin)/about" version="\(version)">Islet</generator>
        \(posts.map(entry).joined())</feed>

        """
    }

    private func entry(_ post: Post) -> HTML {
        let tags = post.tags.map { "<category term=\"\($0)\"/>\n" as HTML }.joined()
        let files = FeedFile.all(of: post)
        let links = files.map { file -> HTML in
            "<link rel=\"enclosure\" type=\"\(file.type)\" href=\"\(file.address)\"/>\n"
        }
        return """
            <entry>
            <id>\(post.uri)</id>
            <title>\(title(of: post))</title>
            <link rel="alternate" type="text/html" href="\(link(to: post))"/>
            <published>\(Moment.seconds(post.createdAt))</published>
            <updated>\(Moment.seconds(post.editedAt ?? post.createdAt))</updated>
            \(tags)\(links.joined())\(files.map(\.media).joined())<content type="html"\(FeedContent.language(of: post))>\
            \(FeedContent.html(post, words).text)</content>
            </entry>

            """
    }
}
