import Federation
import HTTP
import JSON

/// What apps can learn about signing in, RFC 8414.
extension ClientAPI {
    var metadataEndpoints: [Endpoint] {
        [Endpoint(.get, "/.well-known/oauth-authorization-server", .open, authorizationServer)]
    }

    private func authorizationServer(_ call: Call) async throws -> Response {
        let origin = identity.origin
        var response = Response.json { writer in
            writer.object { writer in
                writer.field("issuer", "\(origin)/")
                writer.field("service_documentation", "https://docs.joinmastodon.org/")
                writer.field("authorization_endpoint", "\(origin)/oauth/authorize")
                writer.field("token_endpoint", "\(origin)/oauth/token")
                writer.field("app_registration_endpoint", "\(origin)/api/v1/apps")
                writer.field("revocation_endpoint", "\(origin)/oauth/revoke")
                writer.field("userinfo_endpoint", "\(origin)/oauth/userinfo")
                writer.field("scopes_supported", Scope.all.map(\.name))
                writer.field("response_types_supported", ["code"])
                writer.field("response_modes_supported", ["query"])
                writer.field("grant_types_supported", ["authorization_code", "client_credentials"])
                writer.field(
                    "token_endpoint_auth_methods_supported", ["client_secret_basic", "client_secret_post"])
                writer.field("code_challenge_methods_supported", ["S256"])
            }
        }
        response.fields.append("Cache-Control", "public, max-age=3600")
        return response
    }
}
