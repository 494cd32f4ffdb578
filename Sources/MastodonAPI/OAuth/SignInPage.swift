import Crypto
import Federation
import HTTP
import Markup
import Storage

/// The pages of signing in: plain HTML that works without script and in old in-app browsers.
enum SignInPage {
    private static let style = """
        :root{--paper:#eef3f4;--card:#fff;--ink:#17242b;--edge:#7c8f99;--accent:#17607f;--on-accent:#fff;--danger:#a8322a}
        @media(prefers-color-scheme:dark){:root{--paper:#0f171b;--card:#172126;--ink:#e2eaed;--edge:#6d828e;--accent:#83c6e1;--on-accent:#06222e;--danger:#f2998f}}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
        main{max-width:26rem;margin:2rem auto;padding:0 1rem}a{color:var(--accent)}
        h1{font:600 1.75rem/1.2 Charter,Palatino,"Noto Serif",Georgia,serif}
        label{display:block;margin:.9rem 0;font-weight:500}
        input{display:block;width:100%;box-sizing:border-box;min-height:2.5rem;margin-top:.25rem;padding:.5rem .65rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:.5rem}
        button{min-height:2.5rem;padding:.4rem 1.25rem;font:600 1rem system-ui,sans-serif;color:var(--on-accent);background:var(--accent);border:1px solid transparent;border-radius:.6rem;cursor:pointer}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        code{display:block;padding:.75rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--card)}
        .problem{padding:.6rem 1rem;border-left:.3rem solid var(--danger);background:var(--card);border-radius:.4rem}
        """

    /// No `form-action`: browsers apply it to the redirect to the app and block it. No opener policy either:
    /// browser apps open this page in a window of theirs and wait for it.
    private static let policy =
        "default-src 'none'; style-src 'sha256-\(Base64.encode(Digest.sha256(style.utf8)))'; base-uri 'none'; "
        + "frame-ancestors 'none'"

    static func form(
        _ asked: AuthorizationRequest, identity: Identity, status: HTTP.Status = .ok, problem: String?
    ) -> Response {
        let name = asked.app.name
        let destination =
            asked.isOutOfBand
            ? "It will be given a code that you copy into it."
            : "You will be sent back to \(RedirectURI.shownName(asked.redirectURI))"
        var scopes: HTML = ""
        for scope in asked.scopes.names { scopes += "<li>\(String(scope))</li>" }
        let warning: HTML = problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" } ?? ""
        let body: HTML = """
            <h1>Let \(name) in?</h1>
            \(warning)<p>\(name) asks for access to @\(identity.username)@\(identity.accountDomain). \(destination)</p>
            <p>It asks for:</p><ul>\(scopes)</ul>
            <form method="post" action="/oauth/authorize">\(hidden(asked))
            <label>User name <input type="text" name="username" value="\(identity.username)" autocomplete="username" \
            autocapitalize="none" required></label>
            <label>Password <input type="password" name="password" autocomplete="current-password" required></label>
            <button type="submit">Let it in</button></form>
            \(denial(asked))
            """
        return page(status, title: "Let \(name) in?", body)
    }

    static func code(_ code: String) -> Response {
        page(
            .ok, title: "Your code",
            "<h1>Your code</h1><p>Copy this code into the app:</p><p><code>\(code)</code></p>")
    }

    static func error(_ status: HTTP.Status, _ reason: String) -> Response {
        page(status, title: "Not possible", "<h1>Not possible</h1><p>\(reason)</p>")
    }

    static func redirect(_ location: String) -> Response {
        var response = Response.redirect(.found, to: location)
        response.fields.append("Cache-Control", "no-store")
        response.fields.append("Referrer-Policy", "no-referrer")
        return response
    }

    private static func hidden(_ asked: AuthorizationRequest) -> HTML {
        var fields = [
            ("response_type", "code"), ("client_id", asked.clientID), ("redirect_uri", asked.redirectURI),
            ("scope", asked.scopes.description),
        ]
        if let state = asked.state { fields.append(("state", state)) }
        if let challenge = asked.challenge {
            fields += [("code_challenge", challenge), ("code_challenge_method", "S256")]
        }
        var inputs: HTML = ""
        for (name, value) in fields {
            inputs += "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        return inputs
    }

    private static func denial(_ asked: AuthorizationRequest) -> HTML {
        if asked.isOutOfBand { return "<p>To refuse, close this page.</p>" }
        var answer = [("error", "access_denied"), ("error_description", "The owner denied the request.")]
        if let state = asked.state { answer.append(("state", state)) }
        let target = RedirectURI.adding(answer, to: asked.redirectURI, encode: PercentCoding.encodeQuery)
        return "<p><a href=\"\(target)\">No, refuse</a></p>"
    }

    private static func page(_ status: HTTP.Status, title: String, _ body: HTML) -> Response {
        let document: HTML = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex"><title>\(title)</title><style>\(HTML.trusted(style))</style></head>
            <body><main>\(body)</main></body></html>

            """
        var response = Response.html(status, document.bytes)
        response.fields.append("Content-Security-Policy", policy)
        response.fields.append("Referrer-Policy", "no-referrer")
        response.fields.append("X-Frame-Options", "DENY")
        response.fields.append("X-Content-Type-Options", "nosniff")
        response.fields.append("Cache-Control", "no-store")
        return response
    }
}
