import Federation
import HTTP
import Markup

/// `/@NAME`: who this is, what is pinned, and the latest posts.
extension WebPages {
    func profilePage(_ request: Request) async throws -> HTML {
        let ask = Asker(api, cause: request)
        let owner = Person(try await ask.get("/api/v1/accounts/\(identity.owner)").root)
        let path = "/api/v1/accounts/\(identity.owner)/statuses"
        let isFirst = Cursor.query(request, limit: 0).count == 1
        let answer = try await ask.get(
            path, [("exclude_replies", "true")] + Cursor.query(request, limit: WebPages.posts))
        let pinned =
            isFirst ? try await ask.get(path, [("pinned", "true")]).elements.map(Post.init) : []
        let markup = PostMarkup(identity: identity, place: .everybody)
        let list = PostList(
            posts: answer.elements.map(Post.init), answer: answer, isFirst: isFirst, base: identity.profile,
            markup: markup)

        let handle = "@\(identity.username)@\(identity.accountDomain)"
        var main = ProfileCard(person: owner, handle: handle, identity: identity).html
        if !pinned.isEmpty {
            main +=
                "<section aria-label=\"Pinned posts\">\n<h2>Pinned</h2>\n\(pinned.map { markup.html($0) }.joined())</section>\n"
        }
        main += "<section class=\"h-feed\">\n<h2 class=\"p-name\">Posts</h2>\n\(list.html)</section>\n"
        return layout.page(
            Layout.Head(
                title: "\(owner.name) (\(handle))", description: PlainText.text(owner.note.text, limit: 300),
                canonical: identity.profile, document: identity.actor, image: owner.avatar, kind: "profile",
                isIndexed: owner.json.flag("discoverable") && isFirst),
            main: main)
    }
}

/// Who somebody is, above their posts.
struct ProfileCard {
    let person: Person
    let handle: String
    let identity: Identity

    var html: HTML {
        var banner = HTML()
        if !person.header.hasSuffix("/missing.png") {
            banner = "<img class=\"u-featured banner\" src=\"\(person.header)\" alt=\"\">\n"
        }
        return """
            <header class="profile h-card">
            \(banner)<img class="u-photo portrait" src="\(person.avatar)" alt="" width="96" height="96">
            <h1><a class="p-name u-url u-uid" rel="me" href="\(person.url)"><bdi>\(person.name)</bdi></a></h1>
            <p class="handle p-nickname">\(handle)</p>
            <div class="p-note" dir="auto">\(person.note)</div>
            \(fields)<p class="note">\(numbers)</p>
            </header>

            """
    }

    private var fields: HTML {
        guard !person.fields.isEmpty else { return HTML() }
        let markup = person.fields.map { row -> HTML in
            "<div><dt dir=\"auto\">\(row.name)</dt><dd dir=\"auto\">\(row.value)</dd></div>\n"
        }
        return "<dl class=\"fields\">\n\(markup.joined())</dl>\n"
    }

    private var numbers: HTML {
        [
            PostMarkup.count(person.posts, "post", "posts"),
            PostMarkup.count(person.followers, "follower", "followers"),
            "\(person.following) following" as HTML,
        ].joined(separator: " \u{b7} ")
    }
}
