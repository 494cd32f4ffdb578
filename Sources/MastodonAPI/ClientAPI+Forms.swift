package import Basics
package import HTTP
package import Media

/// What the owner's pages need beyond asking: forms with files, which must be read before it is known what they want.
extension ClientAPI {
    /// Bytes that a form with these files may have.
    package func bodyLimit(with files: Set<FileField>) -> Int { uploads.uploadLimits.body(with: files) }

    /// Reads a form and stores its files, which belong to nothing yet. What is wrong with a file costs only that file.
    package func receive(
        _ body: RequestBody, contentType: MediaType, files: Set<FileField>
    ) async throws(UploadError) -> UploadedForm {
        try await uploads.receive(body, contentType: contentType, files: files, forgivesFiles: true)
    }

    /// Answers a request for an upload or for the profile as if these files had come with it.
    ///
    /// Nil when no endpoint takes such files.
    package func answer(_ request: Request, with files: [String: StoredFile]) async -> Response? {
        let endpoint = (mediaUploadEndpoints + profileEndpoints).first { endpoint in
            let known = endpoint.files.map(\.name)
            return endpoint.method == request.method && endpoint.path == request.target.path
                && files.keys.allSatisfy(known.contains)
        }
        guard let endpoint else { return nil }
        return await respond(to: request, at: endpoint, with: files)
    }

    /// The moment that counts here.
    package func now() -> Timestamp { clock.now() }
}
