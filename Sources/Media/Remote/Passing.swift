import HTTP
import Storage

/// An answer that comes from another server as it is read: of what is too large to be stored, or while nothing is.
struct Passing {
    let proxy: MediaProxy
    let name: RemoteName
    let url: WebURL

    /// - Parameter taken: a connection that brings all of it already, and all of it is wanted.
    func response(
        to request: Request, from taken: (RemoteAnswer, FetchSlots.Slot)? = nil
    ) async throws(RemoteFailure) -> Response {
        do throws(RemoteFailure) {
            let slot: FetchSlots.Slot
            if let taken { slot = taken.1 } else { slot = try await proxy.slot(for: name, at: url) }
            var wish = try RangeWish(request, of: name, length: proxy.facts[name]?.length)
            // Bytes from the middle say nothing about the kind, and If-Range is compared with the length.
            if proxy.facts[name] == nil, wish.field != nil || RangeWish.needsLength(request) {
                try await learn(in: slot)
                wish = try RangeWish(request, of: name, length: proxy.facts[name]?.length)
            }
            let answer: RemoteAnswer
            if let taken { answer = taken.0 } else { answer = try await ask(wish.field, in: slot) }
            return try response(answer, slot, wish)
        } catch {
            proxy.remember(error, of: name)
            throw error
        }
    }

    private func ask(_ range: String?, in slot: FetchSlots.Slot) async throws(RemoteFailure) -> RemoteAnswer {
        try await proxy.asking.ask(for: name.file, at: url, range: range, limits: proxy.limits) {
            [weak slot] in slot?.note($0)
        }
    }

    private func learn(in slot: FetchSlots.Slot) async throws(RemoteFailure) {
        let answer = try await ask("bytes=0-\(RemoteAnswer.prefix - 1)", in: slot)
        answer.close()
        guard let kind = answer.kind else { throw .kind }
        proxy.facts[name] = MediaProxy.Facts(kind: kind, length: answer.length)
    }

    private func response(
        _ answer: RemoteAnswer, _ slot: FetchSlots.Slot, _ wish: RangeWish
    ) throws(RemoteFailure) -> Response {
        guard let kind = answer.kind ?? proxy.facts[name]?.kind else { throw .kind }
        guard kind.group == .picture || name.file.kind == .attachment else { throw .kind }
        let most = proxy.limits.most(name.file.kind, kind)
        let bound = most ?? (answer.announced == nil ? proxy.limits.unmeasured : .max)
        guard answer.length ?? 0 <= bound, answer.announced ?? 0 <= bound else { throw .tooLarge }
        if answer.kind != nil { proxy.facts[name] = MediaProxy.Facts(kind: kind, length: answer.length) }

        var fields = FileAnswer.fields(
            tag: answer.length.map { RemoteFileEndpoint.tag(name, $0) }, caching: RemoteFileEndpoint.caching)
        fields.append("Content-Type", kind.mediaType)
        var status = Status.ok
        if let part = answer.part {
            // Nobody asked for a part, or for one that begins elsewhere.
            guard Passing.matches(part.range, part.length, wish.field) else { throw .gateway }
            status = .partialContent
            fields.append("Content-Range", Passing.contentRange(part.range, part.length))
        } else if wish.field == nil, wish.isRange, let length = answer.length, length > 0 {
            status = .partialContent
            fields.append("Content-Range", Passing.contentRange(0..<length, length))
        }
        let body = PassedBody(answer, slot, most: bound)
        var response = Response(status, fields: fields, body: .stream(body.stream, length: answer.announced))
        response.isFile = true
        return response
    }

    private static func contentRange(_ range: Range<Int>, _ length: Int?) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length.map(String.init) ?? "*")"
    }

    /// Whether a part is within what was asked for.
    private static func matches(_ part: Range<Int>, _ length: Int?, _ asked: String?) -> Bool {
        guard let asked else { return false }
        guard case .part(let range) = ByteRange(asked, length: length ?? part.upperBound) else {
            return false
        }
        return range.lowerBound == part.lowerBound && part.upperBound <= range.upperBound
    }
}
