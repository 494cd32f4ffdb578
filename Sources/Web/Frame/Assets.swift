import Federation
import HTTP

/// The few files that every page needs, compiled in.
enum Assets {
    /// The address changes with the content, so that a browser may keep it for ever.
    static let stylesheetAddress = "/static/style.css?v=" + stylesheet.etag.filter { $0 != "\"" }

    static let scriptAddress = "/static/app.js?v=" + script.etag.filter { $0 != "\"" }

    private static let script = PublicDocument(Array(Script.text.utf8))
    private static let stylesheet = PublicDocument(Array(Stylesheet.text.utf8))

    static var routes: [Route] {
        [
            Route(.get, "/static/style.css") { request in
                answer(stylesheet, "text/css; charset=utf-8", to: request)
            },
            Route(.get, "/static/app.js") { request in
                answer(script, "text/javascript; charset=utf-8", to: request)
            },
            // The last part of the name tells apps that nobody chose a picture.
            Route(.get, "/static/avatar/missing.png") { answer(Pictures.avatar, "image/png", to: $0) },
            Route(.get, "/static/header/missing.png") { answer(Pictures.header, "image/png", to: $0) },
            Route(.get, "/static/video.png") { answer(Pictures.video, "image/png", to: $0) },
            Route(.get, "/static/icon.png") { answer(Pictures.icon, "image/png", to: $0) },
        ]
    }

    static func answer(_ file: PublicDocument, _ type: String, to request: Request) -> Response {
        var fields = Fields([
            ("ETag", file.etag), ("Cache-Control", "public, max-age=604800"),
            ("Access-Control-Allow-Origin", "*"), ("X-Content-Type-Options", "nosniff"),
        ])
        if PublicDocument.isKnown(file.etag, to: request.fields) {
            return Response(.notModified, fields: fields)
        }
        fields.append("Content-Type", type)
        return Response(.ok, fields: fields, body: .bytes(file.bytes))
    }
}
