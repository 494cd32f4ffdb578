import Federation
import HTTP
import Markup
import Storage

/// `/@NAME`: who this is, what is pinned, and the latest posts.
struct ProfilePage {
    let html: HTML

    /// Nil before there is an owner.
    init?(pages: WebPages, query: PageQuery, in snapshot: Snapshot) throws {
        let identity = pages.identity
        guard let owner = try Actors.find(identity.owner, in: snapshot) else { return nil }
        let markup = PostMarkup(identity: identity)
        var filter = ProfileFilter()
        filter.excludesReplies = true
        let ids = try Statuses.page(of: owner.id, query.page, filter: filter, in: snapshot)
        let posts = try Posts(ids, in: snapshot).all
        let pinned = query.isFirst ? try Posts(Pins.of(identity.owner, in: snapshot), in: snapshot).all : []
        let list = PostList(posts: posts, ids: ids, query: query, base: identity.profile, markup: markup)

        let name = owner.name.isEmpty ? owner.username : owner.name
        let handle = "@\(owner.username)@\(identity.accountDomain)"
        let picture = owner.avatar.map(identity.picture)
        var main = ProfilePage.card(owner, name: name, handle: handle, identity: identity)
        if !pinned.isEmpty {
            main +=
                "<section aria-label=\"Pinned posts\">\n<h2>Pinned</h2>\n\(pinned.map { markup.html($0) }.joined())</section>\n"
        }
        main += "<section class=\"h-feed\">\n<h2 class=\"p-name\">Posts</h2>\n\(list.html)</section>\n"
        html = pages.layout.page(
            Layout.Head(
                title: "\(name) (\(handle))", description: PlainText.text(owner.summary, limit: 300),
                canonical: identity.profile, document: identity.actor,
                image: picture ?? identity.origin + "/static/avatar/missing.png", kind: "profile",
                isIndexed: owner.discoverable && query.isFirst),
            main: main)
    }

    private static func card(_ owner: Actor, name: String, handle: String, identity: Identity) -> HTML {
        let avatar = owner.avatar.map(identity.picture) ?? "/static/avatar/missing.png"
        var banner = HTML()
        if let header = owner.header {
            banner = "<img class=\"u-featured banner\" src=\"\(identity.picture(header))\" alt=\"\">\n"
        }
        return """
            <header class="profile h-card">
            \(banner)<img class="u-photo portrait" src="\(avatar)" alt="" width="96" height="96">
            <h1><a class="p-name u-url u-uid" rel="me" href="\(identity.profile)"><bdi>\(name)</bdi></a></h1>
            <p class="handle p-nickname">\(handle)</p>
            <div class="p-note" dir="auto">\(HTML.trusted(owner.summary))</div>
            \(fields(of: owner))<p class="note">\(numbers(of: owner))</p>
            </header>

            """
    }

    private static func fields(of owner: Actor) -> HTML {
        let rows = ProfileFields.read(owner.fields)
        guard !rows.isEmpty else { return HTML() }
        let markup = rows.map { row -> HTML in
            "<div><dt dir=\"auto\">\(row.name)</dt><dd dir=\"auto\">\(HTML.trusted(row.value))</dd></div>\n"
        }
        return "<dl class=\"fields\">\n\(markup.joined())</dl>\n"
    }

    private static func numbers(of owner: Actor) -> HTML {
        [
            PostMarkup.count(owner.statusesCount, "post", "posts"),
            PostMarkup.count(owner.followersCount, "follower", "followers"),
            "\(owner.followingCount) following" as HTML,
        ].joined(separator: " \u{b7} ")
    }
}
