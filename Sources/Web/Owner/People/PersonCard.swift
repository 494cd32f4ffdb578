import Federation
import HTTP
import Markup
import Storage

/// Who somebody is, how the owner stands to them, and what can be done about it.
struct PersonCard {
    let person: Person
    let visit: Visit
    /// Whether the description is shown: not above older posts.
    let isWhole: Bool

    struct Lists {
        let all: [(id: String, title: String)]
        let with: Set<String>
    }

    private var base: String { "/home/people/\(person.id)" }
    private var isOwner: Bool { person.id == visit.owner }

    func html(_ tie: Tie?, lists: Lists?) -> HTML {
        let markup = visit.posts
        var banner = HTML()
        if isWhole, !person.header.hasSuffix("/missing.png") {
            banner = "<img class=\"banner\" src=\"\(visit.identity.here(person.header))\" alt=\"\">\n"
        }
        var html: HTML = """
            <header class="profile">
            \(banner)<img class="portrait" src="\(visit.identity.here(person.avatar))" alt="" width="96" height="96">
            <h1><bdi>\(markup.name(of: person))</bdi></h1>
            <p class="handle">@\(person.acct)\(signs)</p>
            \(moved)\(isWhole ? description : HTML())<p class="note">\(numbers)</p>

            """
        if isOwner {
            html +=
                "<p class=\"row\"><a class=\"button\" href=\"/home/settings/profile\">Edit the profile</a></p>\n"
        } else if let tie {
            html += PersonActs(person: person, tie: tie, visit: visit, lists: isWhole ? lists : nil).html
        }
        return html + "</header>\n"
    }

    private var signs: HTML {
        var signs = HTML()
        if person.isBot { signs += " \u{b7} automated" }
        if person.isGroup { signs += " \u{b7} group" }
        if person.isLocked { signs += " \u{b7} decides who follows" }
        return signs
    }

    private var moved: HTML {
        guard let acct = person.movedTo, let new = person.json.present("moved")?.text("id") else {
            return HTML()
        }
        return
            "<p class=\"done\">They have moved to <a href=\"/home/people/\(new)\"><bdi>@\(acct)</bdi></a>.</p>\n"
    }

    private var description: HTML {
        let note = EmojiMarkup.html(person.note, person.emojis, shows: true)
        guard !person.fields.isEmpty else { return "<div class=\"e-content\" dir=\"auto\">\(note)</div>\n" }
        let fields = person.fields.map { row -> HTML in
            let name = EmojiMarkup.text(row.name, person.emojis, shows: true)
            let value = EmojiMarkup.html(row.value, person.emojis, shows: true)
            let kind: HTML = row.isVerified ? " class=\"verified\"" : HTML()
            let mark: HTML = row.isVerified ? " <span class=\"badge\">\u{2713} Verified</span>" : HTML()
            return "<dt dir=\"auto\">\(name)</dt><dd\(kind) dir=\"auto\">\(value)\(mark)</dd>\n"
        }
        return """
            <div class="e-content" dir="auto">\(note)</div>
            <dl class="fields">
            \(fields.joined())</dl>

            """
    }

    private var numbers: HTML {
        var parts: [HTML] = [
            "\(visit.words.count(person.posts, .post, .posts))",
            "<a href=\"\(base)/followers\">\(PostMarkup.count(person.followers, "follower", "followers"))</a>",
            "<a href=\"\(base)/following\">\(person.following) \(visit.words[.following])</a>",
        ]
        if WebURL(person.url) != nil {
            let name: HTML = isOwner ? "Public page" : "At their own server"
            parts.append("<a href=\"\(person.url)\" rel=\"noreferrer\">\(name)</a>")
        }
        return parts.joined(separator: " \u{b7} ")
    }
}
