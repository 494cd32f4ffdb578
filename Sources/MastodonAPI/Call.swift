import HTTP
import Media
import Storage

/// A request as an endpoint sees it: parameters in one shape whatever their encoding, and who asks.
struct Call: Sendable {
    let request: Request
    var parameters = Parameters()
    /// Nil for a visitor without token.
    var token: OAuthTokens.Token?
    /// The token itself, as it came.
    var secret: String?
    /// Pictures that came with the request, stored already.
    var files: [String: StoredFile] = [:]

    init(request: Request) {
        self.request = request
    }

    /// Whether the owner asks, and not a visitor.
    var isOwner: Bool { token?.isOwner ?? false }

    /// The id in the path, as `:id`.
    ///
    /// - Throws: 404 when it is none, as for an id that does not exist.
    func id<Table>(_ name: String = "id") throws -> ID<Table> {
        guard let id = request.parameters[name].flatMap({ ID<Table>($0) }) else { throw APIError.notFound }
        return id
    }

    /// `limit`, kept between 1 and `most`; apps ask for more than there may be.
    func limit(_ usual: Int, atMost most: Int) -> Int {
        guard let asked = parameters.int("limit"), asked != 0 else { return usual }
        return min(Int(clamping: asked.magnitude), most)
    }

    /// The part of a list that is asked for; cursors that are no numbers are ignored.
    func page(_ usual: Int, atMost most: Int) -> Page {
        Page(
            maxID: parameters.cursor("max_id"), sinceID: parameters.cursor("since_id"),
            minID: parameters.cursor("min_id"), limit: limit(usual, atMost: most))
    }
}
