import HTTP

/// How a file that lies here is answered: its fields, conditions and ranges (RFC 9110 sections 13 and 14).
struct FileAnswer {
    /// Browser apps draw pictures on a canvas, which takes permission.
    static let sharing: Fields = [
        "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "Range",
        "Access-Control-Expose-Headers": "Content-Range, Content-Length, ETag",
    ]

    /// In bytes.
    var length: Int
    var kind: MediaKind
    /// A strong validator, quotes included.
    var tag: String
    /// The value of Cache-Control.
    var caching: String

    /// - Parameter body: the file, or a part of it.
    func response(to request: Request, with body: (Range<Int>) -> ResponseBody) -> Response {
        var fields = FileAnswer.fields(tag: tag, caching: caching)
        if isKnown(to: request) { return Response(.notModified, fields: fields) }
        fields.append("Content-Type", kind.mediaType)
        let range = FileAnswer.range(of: request, tag: tag, length: length)
        if let contentRange = range.contentRange(length: length) {
            fields.append("Content-Range", contentRange)
        }
        var response: Response
        switch range {
        case .whole:
            response = Response(.ok, fields: fields, body: body(0..<length))
        case .part(let part):
            response = Response(.partialContent, fields: fields, body: body(part))
        case .unsatisfiable:
            fields["Content-Type"] = nil
            fields["Cache-Control"] = "no-store"
            return Response(.rangeNotSatisfiable, fields: fields)
        }
        response.isFile = true
        return response
    }

    /// The part that is asked for. With If-Range it counts only for the very file the client has, RFC 9110 section
    /// 13.1.5.
    static func range(of request: Request, tag: String?, length: Int) -> ByteRange {
        guard request.fields["If-Range"].map({ $0 == tag }) ?? true else { return .whole }
        return ByteRange(request.fields["Range"], length: length)
    }

    /// What every file is sent with, its type excepted.
    static func fields(tag: String?, caching: String) -> Fields {
        var fields = sharing
        if let tag { fields.append("ETag", tag) }
        fields.append("Cache-Control", caching)
        fields.append("Accept-Ranges", "bytes")
        fields.append("X-Content-Type-Options", "nosniff")
        // A file is shown, never run, whatever a browser takes it for.
        fields.append("Content-Security-Policy", "default-src 'none'; sandbox")
        return fields
    }

    /// A sentence in place of a file, which may be there the next time.
    static func refusal(_ status: Status, _ sentence: String) -> Response {
        var response = Response.text(status, sentence)
        for field in sharing { response.fields.append(field.name, field.value) }
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    private func isKnown(to request: Request) -> Bool {
        request.fields.hasToken("If-None-Match", tag)
            || request.fields.hasToken("If-None-Match", "W/" + tag)
            || request.fields["If-None-Match"] == "*"
    }
}
