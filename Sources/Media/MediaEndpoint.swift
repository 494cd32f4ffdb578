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
            Route(.options, "/media/:file") { _ in Response(.noContent, fields: FileAnswer.sharing) },
        ]
    }

    private func get(_ request: Request) async throws -> Response {
        guard let file = request.parameters["file"].flatMap(MediaFile.init) else { return missing }
        let path = "\(folder)/\(file.name)"
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return missing }
        return FileAnswer(
            length: Int(facts.st_size), kind: file.kind, tag: "\"\(file.name)\"",
            caching: "public, max-age=31536000, immutable"
        ).response(to: request) { .file(path: path, range: $0) }
    }

    private var missing: Response { FileAnswer.refusal(.notFound, "There is no such file.") }
}
