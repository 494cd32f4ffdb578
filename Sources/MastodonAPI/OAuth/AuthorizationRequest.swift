import Storage

/// What an app asks the person for, RFC 6749 section 4.1.1, checked against what it registered.
struct AuthorizationRequest: Sendable {
    /// Why nothing can be asked of the person; the browser is sent nowhere.
    struct Refusal: Error {
        let reason: String
    }

    let app: OAuthApps.App
    let clientID: String
    let redirectURI: String
    let scopes: ScopeSet
    let state: String?
    let challenge: String?
    /// What is wrong with a request whose app and address are right; the app is told by redirect.
    let fault: (error: String, description: String)?

    /// - Parameter find: the app with this client id.
    init(_ parameters: Parameters, find: (String) throws -> OAuthApps.App?) throws {
        guard let clientID = parameters.text("client_id"), clientID.utf8.count <= 200,
            let app = try find(clientID)
        else {
            throw Refusal(reason: "This app is not registered here. Sign out of it and try again.")
        }
        let registered = RedirectURI.split(app.redirectURIs)
        guard let redirectURI = parameters.text("redirect_uri") ?? registered.first,
            registered.contains(where: { $0.utf8.elementsEqual(redirectURI.utf8) })
        else {
            throw Refusal(reason: "The app wants the answer at an address that it did not register.")
        }
        self.app = app
        self.clientID = clientID
        self.redirectURI = redirectURI
        state = parameters.text("state").flatMap { $0.utf8.count <= 2_000 ? $0 : nil }
        let asked = ScopeSet(asked: parameters.text("scope") ?? "read")
        scopes = asked.isEmpty ? ScopeSet("read") : asked
        challenge = parameters.text("code_challenge")
        fault = AuthorizationRequest.fault(parameters, scopes: scopes, app: app)
    }

    private static func fault(
        _ parameters: Parameters, scopes: ScopeSet, app: OAuthApps.App
    ) -> (error: String, description: String)? {
        if parameters.text("response_type") != "code" {
            return (
                "unsupported_response_type", "The authorization server does not support this response type."
            )
        }
        if !ScopeSet(app.scopes).covers(scopes) {
            return ("invalid_scope", "The requested scope is invalid, unknown, or malformed.")
        }
        // RFC 7636 section 4.4.1. `plain` protects nothing and is what a missing method means.
        let method = parameters.text("code_challenge_method")
        if let challenge = parameters.text("code_challenge") {
            if method != "S256" { return ("invalid_request", "The code challenge method must be S256.") }
            if !(43...128 ~= challenge.utf8.count) {
                return ("invalid_request", "The code challenge is malformed.")
            }
        } else if method != nil {
            return ("invalid_request", "A code challenge method without a code challenge.")
        }
        return nil
    }

    var isOutOfBand: Bool { redirectURI == RedirectURI.outOfBand }
}
