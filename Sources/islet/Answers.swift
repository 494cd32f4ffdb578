import Basics
import HTTP
import MastodonAPI
import Storage
import Web

/// What is answered where no route does, and when one fails.
struct Answers: Sendable {
    let pages: WebPages
    let log: Log

    func fallback(_ request: Request, _ match: Match) -> Response {
        switch match {
        case .methodNotAllowed(let allowed):
            var response = refusal(
                request.method == .options ? .noContent : .methodNotAllowed, "This cannot be done here",
                request)
            response.fields["Allow"] = allowed.map(\.rawValue).joined(separator: ", ")
            if request.method == .options { response.body = .none }
            return shared(response, request)
        case .notFound, .found:
            return shared(pages.notFound(request), request)
        }
    }

    /// A handler's own errors are answered where they are known; what comes here is the store's, or a fault.
    func failed(_ error: any Error, _ request: Request) -> Response {
        var response: Response
        switch error {
        case let error as BodyError:
            // Anybody can send too much; it is no news.
            return shared(refusal(error.status, error.status.reason, request), request)
        case let error as StoreError where error.isOutOfSpace:
            response = refusal(.insufficientStorage, "There is no room to store this", request)
        case is StoreError, is WorkerOverloaded:
            response = refusal(.serviceUnavailable, "The server is busy; please try again", request)
            response.fields["Retry-After"] = "30"
        default:
            response = refusal(.internalServerError, "Something went wrong here", request)
        }
        log.error(
            "request failed",
            ["path": request.target.path, "request": request.id, "error": String(describing: error)])
        return shared(response, request)
    }

    /// JSON where apps ask, a page for browsers, a line of text elsewhere.
    private func refusal(_ status: HTTP.Status, _ reason: String, _ request: Request) -> Response {
        ClientAPI.refusal(status, reason, for: request.target.path) ?? pages.refused(status, request)
    }

    private func shared(_ response: Response, _ request: Request) -> Response {
        var response = response
        for (name, value) in ClientAPI.cors(for: request.target.path) { response.fields[name] = value }
        return response
    }
}
