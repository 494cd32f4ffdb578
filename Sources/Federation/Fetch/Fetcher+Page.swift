package import HTTP

/// The beginning of a page for people.
package struct PageBeginning: Sendable {
    /// Where it came from, after redirects.
    package let url: WebURL
    /// What the answer said about its letters.
    package let charset: String?
    package let bytes: [UInt8]

    package init(url: WebURL, charset: String?, bytes: [UInt8]) {
        self.url = url
        self.charset = charset
        self.bytes = bytes
    }
}

extension Fetcher {
    /// The first bytes of a page for people, asked for in the background; nil when it is gone, no HTML, or not for us.
    ///
    /// The rest is not read, however long it is. A page that breaks off is as long as it is.
    /// - Throws: `FetchError` when it may be had later.
    package func beginning(of url: WebURL, bytes limit: Int) async throws(FetchError) -> PageBeginning? {
        do {
            return try await opened(url, limit)
        } catch {
            if error.isPassing { throw error }
            return nil
        }
    }

    private func opened(_ url: WebURL, _ limit: Int) async throws(FetchError) -> PageBeginning? {
        try await knock.manners.admit(url.authority, for: .background)
        let response: IncomingResponse
        do {
            // How much is read is decided here, so the length of the whole does not matter.
            response = try await knock.opened(
                OutboundRequest(
                    url: url, fields: ["Accept": "text/html", "User-Agent": userAgent], maxBody: 1 << 40))
        } catch {
            if error.isPassing { throw .passing(String(describing: error)) }
            throw .refused(String(describing: error))
        }
        defer { response.close() }
        try await check(response.status, response.fields, of: url.authority)
        guard let type = response.fields["Content-Type"].flatMap({ MediaType($0) }),
            type.essence == "text/html" || type.essence == "application/xhtml+xml"
        else { return nil }
        var bytes: [UInt8] = []
        do {
            while bytes.count < limit, let piece = try await response.body.next() {
                bytes += piece.prefix(limit - bytes.count)
            }
        } catch {
            // What matters stands near the beginning, and may be here already.
            if bytes.isEmpty { throw .passing(String(describing: error)) }
        }
        return PageBeginning(url: response.url, charset: type["charset"], bytes: bytes)
    }
}
