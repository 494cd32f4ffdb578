import Federation
import HTTP
import Markup
import MastodonAPI
import Storage

/// `/home/login` and `/home/logout`.
extension WebPages {
    var signInRoutes: [Route] {
        [
            Route(.get, "/home/login") { request in
                guard isAddressed(request) else { return misdirected() }
                return signInForm(next: request.target.queryItems().first { $0.0 == "next" }?.1)
            },
            Route(.post, "/home/login", body: .buffered(limit: 16_384)) { request in
                guard isAddressed(request) else { return misdirected() }
                do {
                    return try await signIn(request)
                } catch {
                    return ownerFailure(error, request)
                }
            },
            form("/home/logout") { visit, _ in
                let session = visit.session
                try await visit.store.write { tx in try OAuthTokens.end(session, in: tx) }
                var response = Redirects.see("/home/login")
                response.fields.append("Set-Cookie", cookie.cleared)
                return .response(response)
            },
        ]
    }

    private func signIn(_ request: Request) async throws -> Response {
        let form = Form(urlEncoded: try await request.body.collect(limit: 16_384))
        let next = form.value("next")
        switch try await api.signIn(
            name: form.value("username") ?? "", password: form.value("password") ?? "", for: request)
        {
        case .session(let secret):
            var response = Redirects.see(Redirects.own(next))
            response.fields.append("Set-Cookie", cookie.set(secret))
            return response
        case .wrong:
            return signInForm(next: next, status: .unauthorized, problem: "That name or password is wrong.")
        case .tooMany(let wait):
            var response = signInForm(
                next: next, status: .tooManyRequests,
                problem: "Too many wrong passwords. Try again in a few minutes.")
            response.fields.append("Retry-After", String(wait.components.seconds))
            return response
        }
    }

    /// - Parameter typed: what a form held that was sent after the session ended.
    func signInForm(
        next: String?, status: HTTP.Status = .ok, problem: String? = nil, typed: String? = nil
    ) -> Response {
        let kept: HTML =
            typed.map {
                """
                <p>Your session has ended, so nothing was done with what you sent. Copy your text before you sign in.</p>
                <div class="stack">
                \(Inputs.area("Your text", "text", $0, rows: 8, more: " readonly"))</div>

                """
            } ?? HTML()
        let warning: HTML = problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>\n" } ?? HTML()
        return layout.ownerResponse(
            Layout.Head(title: "Sign in", isIndexed: false), status,
            main: """
                <h1>Sign in</h1>
                \(warning)\(kept)<form method="post" action="/home/login" class="stack">
                <input type="hidden" name="next" value="\(Redirects.own(next))">
                <label>User name <input type="text" name="username" value="\(identity.username)" autocomplete="username" \
                autocapitalize="none" required></label>
                <label>Password <input type="password" name="password" autocomplete="current-password" required></label>
                <button type="submit">Sign in</button>
                </form>

                """)
    }
}
