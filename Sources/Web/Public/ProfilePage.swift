import Federation
import HTTP
import Markup
import Storage

/// `/@NAME`: who this is, what is pinned, and the latest posts.
extension WebPages {
    /// Nil for a list that the owner does not show.
    func profilePage(_ tab: ProfileTab, _ request: Request) async throws -> PublicPage? {
        let words = layout.words
        let ask = Asker(api, cause: request)
        let owner = Person(try await ask.get("/api/v1/accounts/\(identity.owner)").root)
        let tabs = ProfileTab.allCases.filter { $0 != .media || owner.json.flag("show_media") }
        guard tabs.contains(tab) else { return nil }
        let path = "/api/v1/accounts/\(identity.owner)/statuses"
        let cursor = PublicCursor(request)
        let answer = try await ask.get(path, tab.query + cursor.query(limit: WebPages.posts))
        let markup = PostMarkup(identity: identity, words: words)
        let pinned =
            tab == .posts && cursor.isFirst
            ? try await ask.get(path, [("pinned", "true")]).elements.map(Post.init) : []
        let above = PageRoom(pinned, room: PageRoom.bytes / 4) { markup.html($0) }
        // What stands above is not repeated below.
        let known = Set(pinned.prefix(above.count).map(\.id))
        let list = PostList(
            posts: answer.elements.map(Post.init).filter { !known.contains($0.id) }, answer: answer,
            cursor: cursor, base: identity.profile + tab.rawValue, markup: markup)

        let successor = try store.read { try Actors.find(identity.owner, in: $0)?.movedTo }
        var main =
            ProfileCard(person: owner, handle: handle, successor: successor, words: words).html
            + navigation(tabs, tab, words)
        if above.count > 0 {
            main +=
                "<section aria-label=\"Pinned \(words[.posts])\">\n<h2>Pinned</h2>\n\(above.html)</section>\n"
        }
        if above.count == 0 || !list.isEmpty {
            main +=
                "<section class=\"h-feed\">\n<h2 class=\"p-name\">\(tab.name(words))</h2>\n\(list.html)</section>\n"
        }
        return PublicPage(head: head(of: owner, tab, cursor, words), main: main)
    }

    /// `@name@domain` of the owner.
    var handle: String { "@\(identity.username)@\(identity.accountDomain)" }

    private func navigation(_ tabs: [ProfileTab], _ current: ProfileTab, _ words: Words) -> HTML {
        let links = tabs.map { tab -> HTML in
            let mark: HTML = tab == current ? " aria-current=\"page\"" : HTML()
            return "<a href=\"\(identity.profile)\(tab.rawValue)\"\(mark)>\(tab.name(words))</a>\n"
        }
        return "<nav class=\"tabs\" aria-label=\"Profile\">\n\(links.joined())</nav>\n"
    }

    private func head(of owner: Person, _ tab: ProfileTab, _ cursor: PublicCursor, _ words: Words)
        -> Layout.Head
    {
        let isMain = tab == .posts && cursor.isFirst
        var head = Layout.Head(
            title: tab == .posts
                ? "\(owner.name) (\(handle))" : "\(tab.name(words)) of \(owner.name) (\(handle))",
            description: PlainText.text(owner.note.text, limit: 300),
            canonical: identity.profile + tab.rawValue, document: isMain ? identity.actor : nil,
            image: owner.avatar, kind: "profile", isIndexed: owner.json.flag("discoverable") && isMain)
        head.alternates = FeedKind.allCases.map { kind in
            Layout.Head.Alternate(
                type: kind.type, address: identity.profile + kind.ending, title: "\(kind.name) of \(handle)")
        }
        return head
    }
}
