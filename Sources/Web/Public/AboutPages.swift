import Federation
import HTTP
import JSON
import Markup

/// `/about` and `/privacy-policy`: whose server this is, what they expect, and what is kept of those who come by.
extension WebPages {
    var aboutRoutes: [Route] {
        [
            Route(.get, "/about") { request in
                try await everybody(request, at: "/about", knowing: []) { request in
                    layout.response(try await about(request), to: request)
                }
            },
            Route(.get, "/privacy-policy") { request in
                try await everybody(request, at: "/privacy-policy", knowing: []) { request in
                    layout.response(privacy, to: request)
                }
            },
        ]
            + ["/about/more", "/rules"].map { path in
                Route(.get, path) { _ in Response.redirect(.found, to: "\(identity.origin)/about") }
            }
    }

    private func about(_ request: Request) async throws -> PublicPage {
        let ask = Asker(api, cause: request)
        let owner = Person(try await ask.get("/api/v1/accounts/\(identity.owner)").root)
        // Sanitised, or made of plain text, by our own API.
        let text = HTML.trusted(
            try await ask.get("/api/v1/instance/extended_description").root.text("content"))
        let rules = try await ask.get("/api/v1/instance/rules").elements.map { $0.text("text") }
        var main: HTML = """
            <h1>About \(identity.host)</h1>
            <p>This is the server of one person, <a href="\(identity.profile)"><bdi>\(owner.name)</bdi></a> \
            (<span class="handle">\(handle)</span>), and nobody else has an account here. You can follow and answer them \
            <a href="/interact">from your own server</a>.</p>
            <div dir="auto">\(text)</div>

            """
        if !rules.isEmpty {
            let items = rules.map { "<li dir=\"auto\">\($0)</li>\n" as HTML }
            main += "<h2>Rules</h2>\n<ol class=\"rules\">\n\(items.joined())</ol>\n"
        }
        main += """
            <h2>This server</h2>
            <p>It runs Islet \(layout.version), and exchanges \(layout.words[.posts]) with other servers over ActivityPub. \
            <a href="/privacy-policy">What it keeps of visitors</a></p>

            """
        return PublicPage(
            head: Layout.Head(
                title: "About \(identity.host)", description: PlainText.text(text.text, limit: 300),
                canonical: "\(identity.origin)/about", image: owner.avatar,
                isIndexed: owner.json.flag("discoverable")), main: main)
    }

    private var privacy: PublicPage {
        PublicPage(
            head: Layout.Head(
                title: "Privacy", canonical: "\(identity.origin)/privacy-policy", isIndexed: false),
            main: """
                <h1>Privacy</h1>
                <p>The owner of this server has published no policy of their own. This is what the program does.</p>
                <h2>If you read these pages</h2>
                <p>They set no cookie, run no script and load nothing from other servers. The program keeps no list of who \
                reads them. It writes down the address of those who try to sign in. A proxy in front of it may keep a log \
                of its own.</p>
                <h2>If you write to the owner from another server</h2>
                <p>What you send is stored here as it is at every server of those who follow or answer each other: your \
                profile as your server publishes it, and your posts, favourites and boosts that concern the owner. When your \
                server says that something was deleted, it is deleted here.</p>
                <h2>What this server asks others</h2>
                <p>It asks your server for your profile, your posts and your pictures when the owner sees them, in the name \
                of the server and not of the reader.</p>

                """)
    }
}
