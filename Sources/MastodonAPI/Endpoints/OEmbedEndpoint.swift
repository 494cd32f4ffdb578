import Federation
import HTTP
import JSON
import Markup
import Storage

/// What other sites need to show a post of the owner's, <https://oembed.com> and
/// <https://docs.joinmastodon.org/methods/oembed/>.
extension ClientAPI {
    var oEmbedEndpoints: [Endpoint] { [Endpoint(.get, "/api/oembed", .open, oEmbed)] }

    /// Pixels of the frame, where the other site has the room.
    private static let frame = (width: 400, height: 480)
    /// Seconds for which the answer is good.
    private static let lifetime = 86_400

    private static let nothingToEmbed = APIError(.notFound, "There is no post of this server at that address")

    private func oEmbed(_ call: Call) async throws -> Response {
        if let format = call.parameters.text("format"), format != "json" {
            throw APIError(.notFound, "Only JSON is offered")
        }
        guard let id = call.parameters.text("url").flatMap({ identity.ownStatus($0) }) else {
            throw ClientAPI.nothingToEmbed
        }
        try store.read { snapshot in
            try requireVisible(id, for: call, in: snapshot)
            guard try Statuses.find(id, in: snapshot)?.reblogOf == nil else { throw ClientAPI.nothingToEmbed }
        }
        let account = try owner()
        let width = ClientAPI.bounded(call.parameters.int("maxwidth"), ClientAPI.frame.width)
        let height = ClientAPI.bounded(call.parameters.int("maxheight"), ClientAPI.frame.height)
        let frame: HTML = """
            <iframe src="\(identity.statusPage(id))/embed" width="\(width)" height="\(height)" \
            title="A post by @\(account.username)" allowfullscreen \
            sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            """
        return .json { writer in
            writer.object { writer in
                writer.field("type", "rich")
                writer.field("version", "1.0")
                writer.field("title", "Post by \(account.name.isEmpty ? account.username : account.name)")
                writer.field("author_name", account.name.isEmpty ? account.username : account.name)
                writer.field("author_url", identity.profile)
                writer.field("provider_name", identity.host)
                writer.field("provider_url", identity.origin + "/")
                writer.field("cache_age", ClientAPI.lifetime)
                writer.field("html", frame.text)
                writer.field("width", width)
                // As Mastodon has it: whoever shows the post finds out how long it is.
                writer.null("height")
            }
        }
    }

    private static func bounded(_ most: Int?, _ usual: Int) -> Int {
        guard let most, most > 0 else { return usual }
        return min(most, usual)
    }
}
