import Glibc
package import HTTP

/// `GET /media/…`: files of our own, which never change under their name.
package struct MediaEndpoint: Sendable {
    private let folder: String

    package init(folder: String) {
        self.folder = folder
    }

    package var routes: [Route] {
        [
            Route(.get, "/media/:file", handle: get),
            Route(.options, "/media/:file") { _ in Response(.noContent, fields: MediaEndpoint.sharing) },
        ]
    }

    /// Browser apps draw pictures on a canvas, which takes permission.
    private static let sharing: Fields = [
        "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "Range",
        "Access-Control-Expose-Headers": "Content-Range, Content-Length, ETag",
    ]

    private func get(_ request: Request) async throws -> Response {
        guard let file = request.parameters["file"].flatMap(MediaFile.init) else { return missing }
        let path = "\(folder)/\(file.name)"
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return missing }
        let length = Int(facts.st_size)
        let tag = "\"\(file.name)\""

        var fields = MediaEndpoint.sharing
        fields.append("ETag", tag)
        fields.append("Cache-Control", "public, max-age=31536000, immutable")
        fields.append("Accept-Ranges", "bytes")
        fields.append("X-Content-Type-Options", "nosniff")
        // A file is shown, never run, whatever a browser takes it for.
        fields.append("Content-Security-Policy", "default-src 'none'; sandbox")
        if request.fields.hasToken("If-None-Match", tag)
            || request.fields.hasToken("If-None-Match", "W/" + tag)
            || request.fields["If-None-Match"] == "*"
        {
            return Response(.notModified, fields: fields)
        }
        fields.append("Content-Type", file.kind.mediaType)

        var range = ByteRange.whole
        // With If-Range the range counts only for the very file the client has, RFC 9110 section 13.1.5.
        if request.fields["If-Range"].map({ $0 == tag }) ?? true {
            range = ByteRange(request.fields["Range"], length: length)
        }
        switch range {
        case .whole:
            return Response(.ok, fields: fields, body: .file(path: path, range: 0..<length))
        case .part(let part):
            fields.append("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(length)")
            return Response(.partialContent, fields: fields, body: .file(path: path, range: part))
        case .unsatisfiable:
            fields["Content-Type"] = nil
            fields.append("Content-Range", "bytes */\(length)")
            return Response(.rangeNotSatisfiable, fields: fields)
        }
    }

    private var missing: Response {
        var response = Response.text(.notFound, "There is no such file.")
        for field in MediaEndpoint.sharing { response.fields.append(field.name, field.value) }
        return response
    }
}
