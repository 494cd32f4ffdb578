package import HTTP
import Storage

/// `GET /media/KIND/ID/SIGNATURE`: files of others, from the cache or as they come.
package struct RemoteFileEndpoint: Sendable {
    /// Only the reader's own cache may keep them, so that what is blocked is gone elsewhere too.
    static let caching = "private, max-age=31536000, immutable"

    private let proxy: MediaProxy

    package init(_ proxy: MediaProxy) {
        self.proxy = proxy
    }

    package var routes: [Route] {
        let pattern = "/media/:kind/:id/:signature"
        return [
            Route(.get, pattern, handle: get),
            Route(.options, pattern) { _ in Response(.noContent, fields: FileAnswer.sharing) },
        ]
    }

    private func get(_ request: Request) async throws -> Response {
        let parts = request.parameters
        guard
            let name = RemoteName(
                kind: parts["kind"] ?? "", id: parts["id"] ?? "", signature: parts["signature"] ?? ""),
            let source = try proxy.store.read({ try RemoteFiles.find(name.file, in: $0) }),
            name.isSigned(with: proxy.sign(name.file, source.url))
        else { return FileAnswer.refusal(.notFound, "There is no such file.") }
        if let (open, file) = proxy.find(name) {
            guard file.others.allSatisfy(proxy.asking.mayAsk) else { return RemoteFailure.blocked.response }
            // It stays open: others may push it out of the cache while it is sent.
            return FileAnswer(
                length: file.length, kind: file.kind,
                tag: RemoteFileEndpoint.tag(name, file.length), caching: RemoteFileEndpoint.caching
            ).response(to: request) { .openFile(open, range: $0) }
        }
        guard let url = WebURL(source.url) else { return RemoteFailure.gone.response }
        do throws(RemoteFailure) {
            return try await fetched(name, url, request)
        } catch {
            return error.response
        }
    }

    static func tag(_ name: RemoteName, _ length: Int) -> String { "\"\(name)-\(length)\"" }

    private func fetched(
        _ name: RemoteName, _ url: WebURL, _ request: Request
    ) async throws(RemoteFailure) -> Response {
        let length = proxy.facts[name]?.length
        let passing = Passing(proxy: proxy, name: name, url: url)
        let wish = try RangeWish(request, of: name, length: length)
        let mayFollow =
            proxy.cache.bounds.bytes > 0 && length ?? 0 <= proxy.cache.bounds.largest
            && wish.start <= (proxy.arrived(name) ?? 0) + proxy.limits.ahead
        guard mayFollow else { return try await passing.response(to: request) }

        let reading = try proxy.read(name, at: url)
        let state = await reading.begin()
        switch state.stage {
        case .failed(let failure): throw failure
        case .asking: throw .busy
        case .passing:
            if let kind = state.kind {
                proxy.facts[name] = MediaProxy.Facts(kind: kind, length: state.length)
            }
            // If-Range can be compared now.
            let wish = try RangeWish(request, of: name, length: state.length)
            let taken = wish.field == nil ? reading.fetch.takeOver() : nil
            return try await passing.response(to: request, from: taken)
        case .growing, .done:
            guard let kind = state.kind else { throw .gateway }
            return follow(reading, kind, state.length, request)
        }
    }

    /// An answer from a file that is still arriving.
    private func follow(
        _ reading: Reading, _ kind: MediaKind, _ length: Int?, _ request: Request
    ) -> Response {
        let tag = length.map { RemoteFileEndpoint.tag(reading.fetch.name, $0) }
        var fields = FileAnswer.fields(tag: tag, caching: RemoteFileEndpoint.caching)
        // Without a length there is no telling where a part ends, so the whole is given, RFC 9110 section 14.2.
        let range = length.map { FileAnswer.range(of: request, tag: tag, length: $0) } ?? .whole
        if let length, let contentRange = range.contentRange(length: length) {
            fields.append("Content-Range", contentRange)
        }
        var response: Response
        switch range {
        case .unsatisfiable:
            fields["Cache-Control"] = "no-store"
            return Response(.rangeNotSatisfiable, fields: fields)
        case .whole:
            let body = reading.body(from: 0, to: length, limits: proxy.limits)
            response = Response(.ok, fields: fields, body: .stream(body, length: length))
        case .part(let part):
            let body = reading.body(from: part.lowerBound, to: part.upperBound, limits: proxy.limits)
            response = Response(.partialContent, fields: fields, body: .stream(body, length: part.count))
        }
        response.fields.append("Content-Type", kind.mediaType)
        response.isFile = true
        return response
    }
}
