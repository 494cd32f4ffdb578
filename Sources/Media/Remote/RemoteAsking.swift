package import HTTP
import Storage
import Synchronization

/// How another server is asked for a file: unsigned, without anything that says who looks.
package struct RemoteAsking: Sendable {
    let open: OpenRequest
    let userAgent: String
    let mayAsk: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - open: sends a request, checks addresses and follows redirects; `https` only unless the owner allows more.
    ///   - mayAsk: whether a host (lower case, with its port if it has one) may be contacted.
    package init(
        open: @escaping OpenRequest, userAgent: String, mayAsk: @escaping @Sendable (String) -> Bool
    ) {
        self.open = open
        self.userAgent = userAgent
        self.mayAsk = mayAsk
    }

    /// - Parameters:
    ///   - range: the value of Range, if only a part is wanted.
    ///   - note: told the authority of each server before it is asked, redirects included.
    func ask(
        for file: RemoteFile, at url: WebURL, range: String? = nil, limits: RemoteLimits,
        noting note: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(RemoteFailure) -> RemoteAnswer {
        guard mayAsk(url.authority) else { throw .blocked }
        var fields: Fields = ["User-Agent": userAgent, "Accept-Encoding": "identity"]
        fields.append("Accept", file.kind == .attachment ? "image/*, video/*, audio/*" : "image/*")
        if let range { fields.append("Range", range) }
        let asked = Mutex([url.authority])
        let request = OutboundRequest(
            url: url, fields: fields, maxBody: RemoteAsking.most(file.kind, limits),
            prepare: { [mayAsk] url throws(SendError) in
                // Before the question whether it may be asked: whoever blocks it now finds it noted.
                note(url.authority)
                asked.withLock { if $0.last != url.authority { $0.append(url.authority) } }
                // A redirect must not lead where the owner wants nothing from.
                guard mayAsk(url.authority) else { throw .addressRefused }
                return Fields()
            })
        let response: IncomingResponse
        do throws(SendError) {
            response = try await open(request)
        } catch {
            throw RemoteFailure(error, at: asked.withLock { $0.last } ?? url.authority)
        }
        let others = Set(asked.withLock { $0 }).subtracting([url.authority])
        return try await RemoteAnswer.read(response, from: others.sorted())
    }

    /// Bytes that the connection may bring; what a film may be is known only when its length is.
    private static func most(_ kind: RemoteFile.Kind, _ limits: RemoteLimits) -> Int {
        kind == .attachment ? 1 << 53 : limits.most(kind, .jpeg) ?? 1 << 53
    }
}
