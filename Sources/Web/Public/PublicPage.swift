import Federation
import HTTP
import Markup

/// A page for everybody, before the frame is around it.
struct PublicPage {
    var head: Layout.Head
    var main: HTML
    /// Whether it has a form, which may send the visitor on to their own server.
    var hasForm = false
}

extension Layout {
    /// The page as answer; the same for everybody.
    func response(_ page: PublicPage, to request: Request) -> Response {
        var response = response(self.page(page.head, main: page.main), to: request)
        if let links = page.head.linkField { response.fields.append("Link", links) }
        // Browsers hold the redirect after a form to its rule too.
        if page.hasForm { response.loosen("form-action 'none'", to: "form-action 'self' https:") }
        if page.head.isEmbedded { response.loosen("frame-ancestors 'none'", to: "frame-ancestors *") }
        return response
    }

    /// The page in answer to a form: for the one who sent it.
    func answer(_ page: PublicPage, _ status: HTTP.Status = .ok) -> Response {
        var response = response(page, to: Request(.get, "/"))
        response.status = status
        response.fields.remove("ETag")
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    /// A document for programs, such as a feed; the same for everybody.
    func response(_ bytes: [UInt8], _ type: String, isIndexed: Bool = true, to request: Request) -> Response {
        let etag = PublicDocument(bytes).etag
        var fields = Fields([
            ("ETag", etag), ("Cache-Control", "public, max-age=300"), ("Access-Control-Allow-Origin", "*"),
            ("X-Content-Type-Options", "nosniff"),
        ])
        if !isIndexed { fields.append("X-Robots-Tag", "noindex") }
        if PublicDocument.isKnown(etag, to: request.fields) { return Response(.notModified, fields: fields) }
        fields.append("Content-Type", type)
        return Response(.ok, fields: fields, body: .bytes(bytes))
    }
}

extension Response {
    fileprivate mutating func loosen(_ rule: String, to other: String) {
        let policy = fields["Content-Security-Policy"]
        fields["Content-Security-Policy"] = policy?.replacing(rule, with: other)
    }
}

extension Layout.Head {
    /// The same content elsewhere in another form.
    struct Alternate {
        let type: String
        let address: String
        var title = ""
    }

    /// The other forms as a header field (RFC 8288), for those who do not read pages; nil when there are none.
    var linkField: String? {
        let all =
            (document.map { [Alternate(type: "application/activity+json", address: $0)] } ?? []) + alternates
        guard !all.isEmpty else { return nil }
        return all.map { "<\($0.address)>; rel=\"alternate\"; type=\"\($0.type)\"" }.joined(separator: ", ")
    }
}
