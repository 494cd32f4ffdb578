import HTTP

extension OutboundRequest {
    /// Turns this into the request for where an answer sends us; false when that answer is the last.
    ///
    /// - Parameter redirects: how many were followed before; counted on.
    mutating func follow(
        _ status: Status, _ fields: Fields, after redirects: inout Int
    ) throws(SendError) -> Bool {
        guard [301, 302, 303, 307, 308].contains(status.code), self.redirects > 0 else { return false }
        redirects += 1
        guard redirects <= self.redirects else { throw .tooManyRedirects }
        guard let location = fields["Location"], let next = url.resolving(location) else {
            throw .malformedResponse
        }
        // A reference that was fetched securely is not continued in the open.
        guard next.isSecure || !url.isSecure else { throw .plainHTTPRefused }
        url = next
        return true
    }
}
