import HTTP
import Markup

/// The frame around the owner's pages: the same, with the ways through them.
extension Layout {
    /// The entries of the navigation, in their order.
    private static let sections: [(address: String, icon: Icons.Icon, word: Words.Word?)] = [
        ("/home", .home, .home), ("/home/notifications", .notifications, .notifications),
        ("/home/conversations", .conversations, .conversations), ("/home/search", .search, nil),
        ("/home/write", .write, .write), ("/home/more", .more, nil),
    ]

    func response(_ page: OwnerPage, for visit: Visit) -> Response {
        var head = Head(title: page.title, isIndexed: false)
        head.isOwners = true
        head.tried = page.tried
        let notice: HTML =
            page.notice.map { notice in
                notice.isProblem
                    ? "<p class=\"problem\" role=\"alert\">\(notice.text)</p>\n"
                    : "<p class=\"done\" role=\"status\">\(notice.text)</p>\n"
            } ?? HTML()
        return ownerResponse(
            head, page.status,
            main: notice + page.main + OwnerPosts.form(visit.token, back: visit.here),
            navigation: navigation(page.section))
    }

    /// A page that is for nobody else to keep or to show inside another one.
    func ownerResponse(
        _ head: Head, _ status: HTTP.Status, main: HTML, navigation: HTML = HTML()
    ) -> Response {
        var response = Response.html(status, page(head, main: main, navigation: navigation).bytes)
        for (name, value) in Layout.ownerFields { response.fields.append(name, value) }
        return response
    }

    /// A few words for the script.
    static func ownerText(_ text: String) -> Response {
        var response = Response.text(.ok, text)
        for (name, value) in ownerFields { response.fields.append(name, value) }
        return response
    }

    private func navigation(_ section: String) -> HTML {
        let words = appearances.current.appearance.words
        let links = Layout.sections.map { entry -> HTML in
            let name = entry.word.map { words.title($0) } ?? (entry.icon == .search ? "Search" : "More")
            let mark: HTML = entry.address == section ? " aria-current=\"page\"" : HTML()
            return
                "<a class=\"\(entry.icon.kind)\" href=\"\(entry.address)\"\(mark)><span class=\"label\">\(name)</span></a>\n"
        }
        return "<nav class=\"sections\" aria-label=\"Sections\">\n\(links.joined())</nav>\n"
    }

    /// Scripts and connections are the project's own or none; forms go nowhere else.
    private static let ownerFields: [(String, String)] = [
        ("Cache-Control", "private, no-store"),
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' blob:; "
                + "media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        // Browsers name no origin with a form when there is no referrer at all.
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}
