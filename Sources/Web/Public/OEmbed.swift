import Federation
import HTTP
import JSON
import Markup
import MastodonAPI
import Storage

/// `/api/oembed`: what other sites need to show a post of the owner's, <https://oembed.com> and
/// <https://docs.joinmastodon.org/methods/oembed/>.
extension WebPages {
    var oEmbedRoute: Route { Route(.get, "/api/oembed", handle: oEmbed) }

    /// Pixels of the frame, where the other site has the room.
    private static let frame = (width: 400, height: 480)
    /// Seconds for which the answer is good.
    private static let lifetime = 86_400

    private func oEmbed(_ request: Request) async throws -> Response {
        let items = request.target.queryItems()
        func item(_ name: String) -> String? { items.first { $0.0 == name }?.1 }
        guard item("format").map({ $0 == "json" }) ?? true else {
            return refusal(.notImplemented, "Only JSON is offered")
        }
        guard let id = item("url").flatMap({ post(at: $0) }) else { return nothingToEmbed }
        let width = WebPages.bounded(item("maxwidth"), WebPages.frame.width)
        let height = WebPages.bounded(item("maxheight"), WebPages.frame.height)
        let key = "/api/oembed/\(id)/\(width)/\(height)"
        let answer = try await shield.answer(.page(key), to: request) {
            let nobodys = Request(.get, request.target.path)
            let post: Post
            do {
                post = Post(try await Asker(api, cause: nobodys).get("/api/v1/statuses/\(id)").root)
            } catch let refusal as Refusal where refusal.status == .notFound {
                return nothingToEmbed
            }
            guard post.boosted == nil else { return nothingToEmbed }
            return layout.response(
                document(id, by: post.author, width, height), "application/json; charset=utf-8",
                to: nobodys)
        }
        return answer
    }

    private func document(_ id: StatusID, by author: Person, _ width: Int, _ height: Int) -> [UInt8] {
        let frame: HTML = """
            <iframe src="\(identity.statusPage(id))/embed" width="\(width)" height="\(height)" \
            title="A post by @\(identity.username)" allowfullscreen \
            sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            """
        var writer = JSONWriter(capacity: 1_024)
        writer.object { writer in
            writer.field("type", "rich")
            writer.field("version", "1.0")
            writer.field("title", "Post by \(author.name)")
            writer.field("author_name", author.name)
            writer.field("author_url", identity.profile)
            writer.field("provider_name", identity.host)
            writer.field("provider_url", identity.origin + "/")
            writer.field("cache_age", WebPages.lifetime)
            writer.field("html", frame.text)
            writer.field("width", width)
            // As Mastodon has it: whoever shows the post finds out how long it is.
            writer.null("height")
        }
        return writer.bytes
    }

    /// The post that an address names: its id, its page or the one for frames, in any spelling that leads there.
    private func post(at address: String) -> StatusID? {
        guard let url = WebURL(address), url.origin == WebURL(identity.origin)?.origin else { return nil }
        var parts = url.path.split(separator: "/").map { PercentCoding.decode(String($0)) ?? "" }
        if parts.count == 3, parts[2] == "embed" { parts.removeLast() }
        if parts.count == 2, parts[0].hasPrefix("@"), identity.isOwner(String(parts[0].dropFirst())) {
            return StatusID(parts[1])
        }
        guard parts.count == 4, parts[0] == "users", identity.isOwner(parts[1]), parts[2] == "statuses" else {
            return nil
        }
        return StatusID(parts[3])
    }

    private var nothingToEmbed: Response {
        refusal(.notFound, "There is no post of this server at that address")
    }

    /// In the shape of the addresses around it.
    private func refusal(_ status: HTTP.Status, _ reason: String) -> Response {
        var response = ClientAPI.refusal(status, reason, for: "/api/oembed") ?? Response(status)
        for field in ClientAPI.cors(for: "/api/oembed") { response.fields[field.name] = field.value }
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    private static func bounded(_ most: String?, _ usual: Int) -> Int {
        guard let most = most.flatMap({ Int($0) }), most > 0 else { return usual }
        return min(most, usual)
    }
}
