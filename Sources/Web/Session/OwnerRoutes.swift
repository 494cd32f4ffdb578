import Basics
import Crypto
import Federation
import HTTP
import Markup
import MastodonAPI
import Storage

/// The doors of the owner's pages: nobody comes in without a session, and nothing is done without a form of ours.
extension WebPages {
    /// A page at `path`, which begins with `/home`.
    func page(_ path: String, _ make: @escaping @Sendable (Visit) async throws -> OwnerPage) -> Route {
        Route(.get, path) { request in
            await enter(request) { visit in visit.answer(try await make(visit)) }
        }
    }

    /// An act that a form asks for, url-encoded.
    func form(
        _ path: String, limit: Int = Limits.standard.bodyDefault,
        _ act: @escaping @Sendable (Visit, Form) async throws -> Outcome
    ) -> Route {
        Route(.post, path, body: .buffered(limit: limit)) { request in
            await enter(request) { visit in
                let form = Form(urlEncoded: try await request.body.collect(limit: limit))
                try visit.require(form)
                return visit.answer(try await act(visit, form), form)
            }
        }
    }

    /// Lets the owner in, and shows everybody else the page to sign in.
    func enter(_ request: Request, _ answer: (Visit) async throws -> Response) async -> Response {
        guard isAddressed(request) else { return misdirected() }
        var visit: Visit?
        do {
            visit = try await self.visit(request)
            guard let visit else { return toSignIn(request) }
            return try await answer(visit)
        } catch {
            return ownerFailure(error, request, visit)
        }
    }

    /// The owner's visit; nil when no cookie has the secret of a session.
    private func visit(_ request: Request) async throws -> Visit? {
        for secret in cookie.secrets(in: request) {
            guard let session = try await api.session(secret) else { continue }
            return Visit(
                request: request, pages: self, session: session.id, token: FormToken(secret: secret),
                ask: Asker(api, secret: secret, cause: request))
        }
        return nil
    }

    var cookie: SessionCookie { SessionCookie(identity) }

    /// Whether the request names this server: a page of the owner's must not be read through another name.
    func isAddressed(_ request: Request) -> Bool {
        guard let host = request.fields["Host"] else { return false }
        return host.lowercased() == identity.host.lowercased()
    }

    func misdirected() -> Response {
        notThere(
            .misdirectedRequest, "Another address",
            "The owner's pages are at \(identity.origin)/home. If a front proxy stands before this server, it must pass "
                + "the Host field on as it came.")
    }

    private func toSignIn(_ request: Request) -> Response {
        let isPage = request.method == .get || request.method == .head
        // Whoever was writing comes back to where the script has kept the text.
        let isWriting = request.target.path == "/home/write"
        let page = isPage || isWriting ? request.target.raw : nil
        return Redirects.see(
            "/home/login" + (page.map { "?next=" + PercentCoding.encodeQuery($0) } ?? ""))
    }

    /// Why one of the owner's pages could not be made, which nobody keeps.
    ///
    /// - Parameter visit: where somebody is signed in.
    func ownerFailure(_ error: any Error, _ request: Request, _ visit: Visit? = nil) -> Response {
        let refusal: Refusal =
            switch error {
            case let refusal as Refusal: refusal
            case let error as BodyError:
                Refusal(error.status, "What was sent could not be read: \(error.status.reason).")
            case let error as StoreError where error.isOutOfSpace:
                Refusal(.insufficientStorage, "There is no room to store this.")
            case is StoreError, is WorkerOverloaded, is DeliveriesFull:
                Refusal(.serviceUnavailable, "The server is busy; please try again.")
            default: Refusal(.internalServerError, "Something went wrong here. The log says more.")
            }
        if refusal.status == .internalServerError { failed(error, request) }
        var response =
            visit?.answer(refusal) ?? notThere(refusal.status, "That did not work", refusal.reason)
        if refusal.status == .serviceUnavailable { response.fields["Retry-After"] = "30" }
        return response
    }

    /// A page of one sentence for whoever is not signed in.
    private func notThere(_ status: HTTP.Status, _ title: String, _ sentence: String) -> Response {
        layout.ownerResponse(
            Layout.Head(title: title, isIndexed: false), status,
            main: """
                <h1>\(title)</h1>
                <p>\(sentence)</p>
                <p><a href="\(identity.profile)">To the profile</a></p>

                """)
    }
}

/// Where a browser goes after a form.
enum Redirects {
    /// Bytes of a path of ours, such that it comes through the sign-in, where it is encoded once more in an address of
    /// at most 8,192 bytes.
    static let longest = 4_800

    /// `303 See Other` to a path of this server.
    static func see(_ path: String) -> Response {
        var response = Response.redirect(.seeOther, to: path)
        response.fields.append("Cache-Control", "no-store")
        return response
    }

    /// A path under `/home` as a form or a link named it; home for all others, so that nobody is led away.
    static func own(_ path: String?) -> String {
        guard let path,
            path == "/home" || path.hasPrefix("/home/") || path.hasPrefix("/home?")
                || path.hasPrefix("/home#"),
            path.utf8.count <= longest,
            path.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\\") })
        else { return "/home" }
        return path
    }
}
