import Basics
import Crypto
import Federation
import HTTP
import JSON
import Storage

/// The page where the owner lets an app in. There is no session: the password is asked for every time, and
/// because nothing else identifies the owner, another site that submits this form gains nothing. That is the
/// protection against cross-site requests.
extension ClientAPI {
    var authorizePageRoutes: [Route] {
        [
            Route(.get, "/oauth/authorize") { request in await page(request, showAuthorizeForm) },
            Route(.post, "/oauth/authorize", body: .buffered(limit: 65_536)) { request in
                await page(request, approve)
            },
            Route(.get, "/oauth/authorize/native") { request in await page(request, showCode) },
        ]
    }

    /// What went wrong is told as a page: here a browser asks, not an app.
    private func page(_ request: Request, _ answer: (Request) async throws -> Response) async -> Response {
        do {
            return try await answer(request)
        } catch let refusal as AuthorizationRequest.Refusal {
            return SignInPage.error(.badRequest, refusal.reason)
        } catch {
            let refusal = APIError(error)
            if refusal.status == .internalServerError {
                log.error("The sign-in page failed", ["request": request.id])
            }
            var response = SignInPage.error(refusal.status, refusal.message)
            response.fields["Retry-After"] = refusal.retryAfter.map { String($0.components.seconds) }
            return response
        }
    }

    private func showAuthorizeForm(_ request: Request) async throws -> Response {
        let asked = try authorizationRequest(try await Parameters.read(from: request))
        if let fault = asked.fault { return refuse(asked, fault) }
        return SignInPage.form(asked, identity: identity, problem: nil)
    }

    private func approve(_ request: Request) async throws -> Response {
        let parameters = try await Parameters.read(from: request)
        let asked = try authorizationRequest(parameters)
        if let fault = asked.fault { return refuse(asked, fault) }
        let now = clock.now()
        guard !failedSignIns.isSpent(request.peer, at: now) else {
            var response = SignInPage.form(
                asked, identity: identity, status: .tooManyRequests,
                problem: "Too many wrong passwords. Try again in a few minutes.")
            response.fields.append("Retry-After", String(limits.signInWindow.components.seconds))
            return response
        }
        let code = RandomBytes.token(bytes: 32)
        let entry = OAuthCodes.Code(
            app: asked.app.id, redirectURI: asked.redirectURI, scopes: asked.scopes.description,
            challenge: asked.challenge, expiresAt: now + limits.codeLifetime)
        guard
            let known = try await knownPassword(
                name: parameters.given("username") ?? "", password: parameters.given("password") ?? ""),
            try await store.write({ tx in
                guard try known.isSet(in: tx) else { return false }
                try OAuthCodes.insert(entry, digest: Digest.sha256(code.utf8), in: tx)
                return true
            })
        else {
            failedSignIns.count(request.peer, at: now)
            log.notice("A sign-in failed", ["peer": request.peer, "request": request.id])
            return SignInPage.form(
                asked, identity: identity, status: .unauthorized, problem: "That name or password is wrong.")
        }
        log.notice("The owner let an app in", ["peer": request.peer, "request": request.id])
        if asked.isOutOfBand { return SignInPage.redirect("/oauth/authorize/native?code=\(code)") }
        var answer = [("code", code)]
        if let state = asked.state { answer.append(("state", state)) }
        return SignInPage.redirect(
            RedirectURI.adding(answer, to: asked.redirectURI, encode: PercentCoding.encodeQuery))
    }

    private func showCode(_ request: Request) async throws -> Response {
        let parameters = try await Parameters.read(from: request)
        // Only what may be a code of ours is shown, so that nobody can put words on this page.
        guard let code = parameters.text("code"), code.utf8.count == 43,
            Base64.decodeLenient(code) != nil
        else { throw AuthorizationRequest.Refusal(reason: "There is no code here.") }
        return SignInPage.code(code)
    }

    private func authorizationRequest(_ parameters: Parameters) throws -> AuthorizationRequest {
        try AuthorizationRequest(parameters) { clientID in
            try store.read { try OAuthApps.find(clientID: clientID, in: $0) }
        }
    }

    private func refuse(_ asked: AuthorizationRequest, _ fault: (error: String, description: String))
        -> Response
    {
        if asked.isOutOfBand { return SignInPage.error(.badRequest, fault.description) }
        var answer = [("error", fault.error), ("error_description", fault.description)]
        if let state = asked.state { answer.append(("state", state)) }
        return SignInPage.redirect(
            RedirectURI.adding(answer, to: asked.redirectURI, encode: PercentCoding.encodeQuery))
    }
}
