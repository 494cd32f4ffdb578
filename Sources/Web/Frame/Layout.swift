import Federation
import HTTP
import Markup

/// The frame around every page, and the header fields that go with it.
struct Layout: Sendable {
    let identity: Identity
    let version: String
    /// How the owner wants the pages to look.
    let appearances: AppearanceMemory

    /// What a page says about itself to browsers, previews and other servers.
    struct Head {
        var title: String
        var description = ""
        /// The one address of the page.
        var canonical: String?
        /// The ActivityPub id behind the page.
        var document: String?
        /// The picture for previews.
        var image: String?
        /// `profile` or `article`, <https://ogp.me/#types>.
        var kind = "website"
        /// When an article was published, ISO 8601.
        var published: String?
        /// The same in other forms, such as feeds.
        var alternates: [Alternate] = []
        var isIndexed = true
        /// Whether other sites may show it inside of theirs.
        var isEmbedded = false
        /// Whether only the owner sees it.
        var isOwners = false
        /// A look that is only tried, on this page; else the one of all pages.
        var tried: AppearanceMemory.Look?
    }

    func page(_ head: Head, main: HTML, navigation: HTML = HTML()) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>\(head.title)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        \(links(head))<link rel="stylesheet" href="\(Assets.stylesheetAddress)">
        \(look(head))\(head.isOwners ? Layout.script : HTML())</head>
        <body>
        \(head.isEmbedded ? HTML() : "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n")\
        \(navigation)<main id="main">
        \(main)</main>
        \(head.isEmbedded ? HTML() : footer(head))</body>
        </html>

        """
    }

    private static let script: HTML = "<script src=\"\(Assets.scriptAddress)\" defer></script>\n"

    private func footer(_ head: Head) -> HTML {
        let signIn: HTML = head.isOwners ? HTML() : " \u{b7} <a href=\"/home\" rel=\"nofollow\">Sign in</a>"
        return """
            <footer class="site">
            <p><a href="\(identity.profile)">@\(identity.username)@\(identity.accountDomain)</a> lives on a server of its
            own, run by Islet \(version). <a href="/about">About</a>\(signIn)</p>
            </footer>

            """
    }

    private func links(_ head: Head) -> HTML {
        // Whoever follows a link in a frame of another site does not want the page inside of it.
        var links: HTML = head.isEmbedded ? "<base target=\"_blank\">\n" : HTML()
        if !head.description.isEmpty {
            links += "<meta name=\"description\" content=\"\(head.description)\">\n"
        }
        if !head.isIndexed { links += "<meta name=\"robots\" content=\"noindex\">\n" }
        if let document = head.document {
            links += "<link rel=\"alternate\" type=\"application/activity+json\" href=\"\(document)\">\n"
        }
        for other in head.alternates {
            links +=
                "<link rel=\"alternate\" type=\"\(other.type)\" href=\"\(other.address)\" title=\"\(other.title)\">\n"
        }
        guard let canonical = head.canonical else { return links }
        links += """
            <link rel="canonical" href="\(canonical)">
            <meta name="fediverse:creator" content="@\(identity.username)@\(identity.accountDomain)">
            <meta property="og:site_name" content="\(identity.host)">
            <meta property="og:type" content="\(head.kind)">
            <meta property="og:title" content="\(head.title)">
            <meta property="og:url" content="\(canonical)">
            <meta name="twitter:card" content="summary">

            """
        if !head.description.isEmpty {
            links += "<meta property=\"og:description\" content=\"\(head.description)\">\n"
        }
        if let published = head.published {
            links += "<meta property=\"article:published_time\" content=\"\(published)\">\n"
        }
        if let image = head.image { links += "<meta property=\"og:image\" content=\"\(image)\">\n" }
        return links
    }

    /// What makes the page the owner's own.
    private func look(_ head: Head) -> HTML {
        let look = head.tried ?? appearances.current
        let folder = head.tried == nil ? "/static/owner.css" : "/home/settings/appearance/tried.css"
        var links: HTML = "<link rel=\"stylesheet\" href=\"\(folder)?v=\(look.version)\">\n"
        let icon = look.appearance.icon.map { "/media/\($0)" } ?? "/favicon.ico"
        links += "<link rel=\"icon\" href=\"\(icon)\">\n"
        if let accent = look.appearance.accent {
            links += "<meta name=\"theme-color\" content=\"\(accent.colour.hex)\">\n"
        }
        return links
    }

    /// The page as answer; the same for everybody, so that it may be kept for a minute.
    func response(_ html: HTML, to request: Request) -> Response {
        let bytes = html.bytes
        let etag = PublicDocument(bytes).etag
        if PublicDocument.isKnown(etag, to: request.fields) {
            return Response(.notModified, fields: Fields(fields + [("ETag", etag)]))
        }
        var response = Response.html(.ok, bytes)
        for (name, value) in fields { response.fields.append(name, value) }
        response.fields.append("ETag", etag)
        return response
    }

    /// A page of one sentence, such as why there is none.
    func notice(_ status: Status, _ title: String, _ sentence: String) -> Response {
        let main: HTML = """
            <h1>\(title)</h1>
            <p>\(sentence)</p>
            <p><a href="\(identity.profile)">To the profile</a></p>

            """
        var response = Response.html(status, page(Head(title: title, isIndexed: false), main: main).bytes)
        for (name, value) in fields { response.fields.append(name, value) }
        return response
    }

    /// Nothing is loaded from elsewhere and nothing runs: what a stranger's post may contain stays text.
    private var fields: [(String, String)] {
        [
            ("Vary", "Accept"),
            ("Cache-Control", "public, max-age=60, stale-while-revalidate=60"),
            (
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'none'; "
                    + "base-uri 'none'; frame-ancestors 'none'"
            ),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("X-Content-Type-Options", "nosniff"),
        ]
    }
}
