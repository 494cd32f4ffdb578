import Basics
import Crypto
import HTTP
import JSON
import Storage

/// Registration of apps, <https://docs.joinmastodon.org/methods/apps/>.
extension ClientAPI {
    var appEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/api/v1/apps", .open, registerApp),
            Endpoint(.get, "/api/v1/apps/verify_credentials", .anyToken, verifyApp),
        ]
    }

    private func registerApp(_ call: Call) async throws -> Response {
        let now = clock.now()
        guard !registrations.isSpent(call.request.peer, at: now) else { throw APIError.tooManyRequests }
        guard let name = call.parameters.text("client_name"), name.count <= limits.appNameLength else {
            throw APIError.invalid("Application name can't be blank and must be short")
        }
        // One text with several addresses, or a list of them.
        let uris = call.parameters.texts("redirect_uris").flatMap(RedirectURI.split)
        guard !uris.isEmpty, uris.count <= limits.redirectURIs,
            uris.allSatisfy({ RedirectURI.isAcceptable($0, limit: limits.redirectURILength) })
        else { throw APIError.invalid("Redirect URI must be an absolute URI") }
        let asked = ScopeSet(asked: call.parameters.text("scopes") ?? "read")
        let scopes = asked.isEmpty ? ScopeSet("read") : asked
        let website = call.parameters.text("website").flatMap {
            $0.utf8.count <= limits.redirectURILength ? $0 : nil
        }
        let clientID = RandomBytes.token(bytes: 24)
        let secret = RandomBytes.token(bytes: 32)
        let most = limits.apps

        registrations.count(call.request.peer, at: now)
        let id = try await store.write { tx in
            if try OAuthApps.count(in: tx) >= most {
                try OAuthApps.removeNeverSignedIn(before: now - .days(1), in: tx)
                guard try OAuthApps.count(in: tx) < most else { throw APIError.tooManyRequests }
            }
            return try OAuthApps.insert(
                name: name, website: website, redirectURIs: uris.joined(separator: "\n"),
                scopes: scopes.description,
                clientID: clientID, secretDigest: Digest.sha256(secret.utf8), at: now, in: tx)
        }
        log.info("An app was registered", ["request": call.request.id])
        let pushKey = try store.read(PushKey.publicText)
        return .json { writer in
            writer.object { writer in
                writer.field("id", String(id))
                writer.field("name", name)
                writer.field("website", website)
                writer.field("scopes", scopes.names.map { String($0) })
                writer.field("redirect_uri", uris.joined(separator: "\n"))
                writer.field("redirect_uris", uris)
                writer.field("client_id", clientID)
                writer.field("client_secret", secret)
                writer.field("client_secret_expires_at", 0)
                writer.field("vapid_key", pushKey)
            }
        }
    }

    private func verifyApp(_ call: Call) async throws -> Response {
        guard let token = call.token, let app = try store.read({ try OAuthApps.find(token.app, in: $0) })
        else {
            throw APIError.unauthorized
        }
        let uris = RedirectURI.split(app.redirectURIs)
        let pushKey = try store.read(PushKey.publicText)
        return .json { writer in
            writer.object { writer in
                writer.field("id", String(app.id))
                writer.field("name", app.name)
                writer.field("website", app.website)
                writer.field("scopes", ScopeSet(app.scopes).names.map { String($0) })
                writer.field("redirect_uri", uris.joined(separator: "\n"))
                writer.field("redirect_uris", uris)
                writer.field("vapid_key", pushKey)
            }
        }
    }
}
