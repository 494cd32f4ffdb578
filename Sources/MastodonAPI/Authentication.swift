import Crypto
import HTTP
import Storage

/// Where a token may stand in a request, RFC 6750 section 2.
enum Bearer {
    /// The token in the Authorization field or the query.
    static func inHead(of request: Request) -> String? {
        if let header = request.fields["Authorization"] {
            let bytes = header.utf8
            guard bytes.count > 7, bytes.prefix(7).elementsEqual("bearer ".utf8, by: { $0 | 0x20 == $1 })
            else {
                return nil
            }
            return String(decoding: bytes.dropFirst(7), as: UTF8.self).trimmingSpaces
        }
        guard let query = request.target.query, query.contains("access_token") else { return nil }
        return request.target.queryItems().first { $0.0 == "access_token" }?.1
    }
}

extension ClientAPI {
    /// Finds the token by its digest and checks that it opens this door.
    ///
    /// - Throws: 401, 403 or 422 in Mastodon's words, which some apps compare.
    func authorize(_ secret: String?, _ access: Access) throws -> OAuthTokens.Token? {
        if case .open = access { return nil }
        var token: OAuthTokens.Token?
        if let secret, !secret.isEmpty {
            token = try find(secret)
            guard token != nil else { throw APIError.unauthorized }
        }
        switch access {
        case .open:
            return nil
        case .optional(let scopes):
            guard let token else { return nil }
            try check(token, scopes)
            return token
        case .anyToken:
            guard let token else { throw APIError.unauthorized }
            return token
        case .owner(let scopes):
            guard let token else { throw APIError.unauthorized }
            guard token.isOwner else { throw APIError.needsOwner }
            try check(token, scopes)
            return token
        }
    }

    private func find(_ secret: String) throws -> OAuthTokens.Token? {
        let digest = Digest.sha256(secret.utf8)
        let version = try store.version()
        if let known = knownTokens.token(digest: digest, version: version) { return known }
        guard let token = try store.read({ try OAuthTokens.find(digest: digest, in: $0) }) else { return nil }
        knownTokens.keep(token, digest: digest, version: version)
        return token
    }

    private func check(_ token: OAuthTokens.Token, _ scopes: [Scope]) throws {
        let granted = ScopeSet(token.scopes)
        guard scopes.contains(where: granted.allows) else { throw APIError.outsideScope }
    }
}

extension String {
    /// Without the spaces at both ends.
    var trimmingSpaces: String {
        var rest = utf8[...]
        while rest.first == 0x20 { rest = rest.dropFirst() }
        while rest.last == 0x20 { rest = rest.dropLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
