import Basics
import Crypto
import Federation
import HTTP
import JSON
import Storage

/// Tokens: made, shown once, revoked. <https://docs.joinmastodon.org/methods/oauth/>, RFC 6749, RFC 7009.
extension ClientAPI {
    var tokenEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/oauth/token", .open, makeToken),
            Endpoint(.post, "/oauth/revoke", .open, revokeToken),
            Endpoint(.get, "/oauth/userinfo", .owner("profile"), userInfo),
            Endpoint(.post, "/oauth/userinfo", .owner("profile"), userInfo),
        ]
    }

    private func makeToken(_ call: Call) async throws -> Response {
        guard let credentials = ClientCredentials(call), let app = try store.read(credentials.app) else {
            throw APIError(
                .unauthorized, "invalid_client",
                explanation:
                    "Client authentication failed due to unknown client, no client authentication included, "
                    + "or unsupported authentication method.")
        }
        switch call.parameters.text("grant_type") {
        case "authorization_code": return try await redeem(call, app)
        case "client_credentials": return try await makeAppToken(call, app)
        case nil:
            throw APIError(
                .badRequest, "invalid_request", explanation: "Missing required parameter: grant_type.")
        default:
            throw APIError(
                .badRequest, "unsupported_grant_type",
                explanation: "The authorization grant type is not supported by the authorization server.")
        }
    }

    private static let invalidGrant = APIError(
        .badRequest, "invalid_grant",
        explanation:
            "The provided authorization grant is invalid, expired, revoked, does not match the redirection "
            + "URI used in the authorization request, or was issued to another client.")

    private func redeem(_ call: Call, _ app: OAuthApps.App) async throws -> Response {
        guard let code = call.parameters.text("code") else {
            throw APIError(.badRequest, "invalid_request", explanation: "Missing required parameter: code.")
        }
        let redirectURI = call.parameters.text("redirect_uri")
        let verifier = call.parameters.text("code_verifier")
        let now = clock.now()
        let digest = Digest.sha256(code.utf8)
        let token = RandomBytes.token(bytes: 32)
        // Whatever is wrong, the code is used up with the first attempt.
        let scopes = try await store.write { tx -> String? in
            guard let entry = try OAuthCodes.take(digest: digest, in: tx), entry.app == app.id,
                entry.expiresAt > now,
                let redirectURI, entry.redirectURI.utf8.elementsEqual(redirectURI.utf8),
                ClientAPI.isProven(entry.challenge, by: verifier)
            else { return nil }
            try OAuthTokens.insert(
                digest: Digest.sha256(token.utf8), app: app.id, scopes: entry.scopes, isOwner: true, at: now,
                in: tx)
            return entry.scopes
        }
        guard let scopes else { throw ClientAPI.invalidGrant }
        return tokenEntity(token, scopes: scopes, at: now)
    }

    /// PKCE, RFC 7636 section 4.6. A verifier for a code without challenge is ignored.
    private static func isProven(_ challenge: String?, by verifier: String?) -> Bool {
        guard let challenge else { return true }
        guard let verifier, 43...128 ~= verifier.utf8.count else { return false }
        return ConstantTime.equal(Base64.encodeURL(Digest.sha256(verifier.utf8)), challenge)
    }

    private func makeAppToken(_ call: Call, _ app: OAuthApps.App) async throws -> Response {
        let now = clock.now()
        guard !registrations.isSpent(call.request.peer, at: now) else { throw APIError.tooManyRequests }
        let asked = ScopeSet(asked: call.parameters.text("scope") ?? "")
        let allowed = ScopeSet(app.scopes)
        guard allowed.covers(asked) else {
            throw APIError(
                .badRequest, "invalid_scope",
                explanation: "The requested scope is invalid, unknown, or malformed.")
        }
        let scopes = !asked.isEmpty ? asked : allowed.allows("read") ? ScopeSet("read") : allowed
        let token = RandomBytes.token(bytes: 32)
        registrations.count(call.request.peer, at: now)
        try await store.write { tx in
            // One for each app, so that strangers cannot fill the table.
            try OAuthTokens.removeWithoutOwner(app: app.id, in: tx)
            try OAuthTokens.insert(
                digest: Digest.sha256(token.utf8), app: app.id, scopes: scopes.description, isOwner: false,
                at: now,
                in: tx)
        }
        return tokenEntity(token, scopes: scopes.description, at: now)
    }

    private func tokenEntity(_ token: String, scopes: String, at now: Timestamp) -> Response {
        var response = Response.json(capacity: 256) { writer in
            writer.object { writer in
                writer.field("access_token", token)
                writer.field("token_type", "Bearer")
                writer.field("scope", scopes)
                writer.field("created_at", now.seconds)
            }
        }
        response.fields.append("Cache-Control", "no-store")
        return response
    }

    private func revokeToken(_ call: Call) async throws -> Response {
        guard let credentials = ClientCredentials(call), let app = try store.read(credentials.app) else {
            throw APIError(
                .forbidden, "unauthorized_client", explanation: "You are not authorized to revoke this token")
        }
        if let token = call.parameters.text("token") {
            try await store.write { tx in
                try OAuthTokens.remove(digest: Digest.sha256(token.utf8), app: app.id, in: tx)
            }
        }
        return .emptyObject
    }

    /// <https://openid.net/specs/openid-connect-core-1_0.html#UserInfo>
    private func userInfo(_ call: Call) async throws -> Response {
        let owner = try owner()
        return .json { writer in
            writer.object { writer in
                writer.field("iss", "\(identity.origin)/")
                writer.field("sub", identity.actor)
                writer.field("name", owner.name)
                writer.field("preferred_username", identity.username)
                writer.field("profile", identity.profile)
                writer.field("picture", identity.avatar(of: owner))
            }
        }
    }
}
