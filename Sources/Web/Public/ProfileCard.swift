import HTTP
import Markup

/// Who somebody is, above their posts.
struct ProfileCard {
    let person: Person
    let handle: String
    /// The address of the account that took this one's place, of which nothing else may be known.
    var successor: String?
    let words: Words

    var html: HTML {
        var banner = HTML()
        if !person.header.hasSuffix("/missing.png") {
            let description = person.json.text("header_description")
            banner = "<img class=\"u-featured banner\" src=\"\(person.header)\" alt=\"\(description)\">\n"
        }
        return """
            <header class="profile h-card">
            \(banner)<img class="u-photo portrait" src="\(person.avatar)" alt="\(person.json.text("avatar_description"))" \
            width="96" height="96">
            <h1><a class="p-name u-url u-uid" rel="me" href="\(person.url)"><bdi>\(person.name)</bdi></a></h1>
            <p class="handle p-nickname">\(handle)</p>
            \(moved)<div class="p-note" dir="auto">\(person.note)</div>
            \(fields)<p class="note">\(numbers)</p>
            \(follow)</header>

            """
    }

    private var moved: HTML {
        guard let successor else { return HTML() }
        var link: HTML = "<a href=\"\(WebURL(successor) == nil ? "#" : successor)\">\(successor)</a>"
        if let moved = person.json.present("moved").map(Person.init) {
            link = "<a href=\"\(moved.url)\"><bdi>\(moved.name)</bdi> @\(moved.acct)</a>"
        }
        return "<p class=\"hint\">Has moved to \(link).</p>\n"
    }

    /// Nobody is asked to follow somebody who is not there any more.
    private var follow: HTML {
        guard successor == nil else { return HTML() }
        return "<p><a class=\"button\" href=\"/interact\">Follow from your own server</a></p>\n"
    }

    private var fields: HTML {
        guard !person.fields.isEmpty else { return HTML() }
        let markup = person.fields.map { row -> HTML in
            let mark: HTML =
                row.isVerified
                ? " <span class=\"badge\" title=\"The page behind this link links back here\">\u{2713} Verified</span>"
                : HTML()
            let kind: HTML = row.isVerified ? " class=\"verified\"" : HTML()
            return """
                <dt dir="auto"\(kind)>\(row.name)</dt><dd dir="auto"\(kind)>\(row.value)\(mark)</dd>

                """
        }
        return "<dl class=\"fields\">\n\(markup.joined())</dl>\n"
    }

    private var numbers: String {
        [
            words.count(person.posts, .post, .posts),
            person.followers == 1 ? "1 follower" : "\(person.followers) \(words[.followers])",
            "\(person.following) \(words[.following])",
        ].joined(separator: " \u{b7} ")
    }
}
