import Basics
import HTTP
import JSON
import Media
import Storage

/// What is wrong with a field, <https://docs.joinmastodon.org/entities/Error/#details>.
enum Fault: String {
    case tooLong = "ERR_TOO_LONG"
    case invalid = "ERR_INVALID"
    case inclusion = "ERR_INCLUSION"
}

/// Why a call is refused, in the words that apps know. The one place that decides status and body.
struct APIError: Error {
    var status: HTTP.Status
    /// `error` in the answer, shown to people by most apps.
    var message: String
    /// `error_description` in the answer.
    var explanation: String?
    var retryAfter: Duration?
    /// Further members of the answer, ready as JSON.
    var details: [(name: String, json: [UInt8])] = []

    init(_ status: HTTP.Status, _ message: String, explanation: String? = nil, retryAfter: Duration? = nil) {
        self.status = status
        self.message = message
        self.explanation = explanation
        self.retryAfter = retryAfter
    }

    static let unauthorized = APIError(.unauthorized, "The access token is invalid")
    static let outsideScope = APIError(.forbidden, "This action is outside the authorized scopes")
    static let notAllowed = APIError(.forbidden, "This action is not allowed")
    /// Also for what the caller may not see.
    static let notFound = APIError(.notFound, "Record not found")
    /// For a post that is not there, or that the owner may not quote.
    static let notQuotable = APIError(
        .notFound, "The post you are trying to quote doesn't appear to exist.")
    /// For an edit of a version that is not there any more.
    static let changedMeanwhile = APIError(.preconditionFailed, "The post was changed meanwhile")
    static let needsOwner = APIError(.unprocessable, "This method requires an authenticated user")
    /// For a timeline that visitors may not read.
    static let needsOwnerToRead = APIError(.unauthorized, "This method requires an authenticated user")
    static let tooManyRequests = APIError(.tooManyRequests, "Too many requests", retryAfter: .seconds(300))
    static let tooManyStreams = APIError(
        .tooManyRequests, "Too many streams on one connection", retryAfter: .seconds(300))
    static let busy = APIError(
        .serviceUnavailable, "The server is busy, please try again", retryAfter: .seconds(5))

    static func badRequest(_ message: String) -> APIError { APIError(.badRequest, message) }
    static func invalid(_ reason: String) -> APIError {
        APIError(.unprocessable, "Validation failed: \(reason)")
    }
    /// The same with `details`, which say what is wrong in a word for each field of a form.
    static func invalid(_ field: String, _ fault: Fault, _ reason: String) -> APIError {
        var error = invalid(reason)
        var writer = JSONWriter()
        writer.object { writer in
            writer.array(field) { writer in
                writer.object { writer in
                    writer.field("error", fault.rawValue)
                    writer.field("description", reason)
                }
            }
        }
        error.details = [("details", writer.bytes)]
        return error
    }
    static func unprocessable(_ message: String) -> APIError { APIError(.unprocessable, message) }

    /// The answer to a call that threw. Only what is nobody's fault but ours is logged.
    static func response(for error: any Error, log: Log, request: UInt64) -> Response {
        let refusal = APIError(error)
        if refusal.status == .internalServerError {
            log.error("A call failed", ["request": request, "error": String(describing: type(of: error))])
        }
        return refusal.response
    }

    init(_ error: any Error) {
        switch error {
        case let error as APIError:
            self = error
        case let error as UploadError:
            self.init(APIError.status(of: error), error.reason)
        case let error as BodyError:
            self.init(error.status, error.status.reason)
        case let error as StoreError where error.isOutOfSpace:
            self.init(.insufficientStorage, "There is no room to store this")
        case StoreError.overloaded, StoreError.closed, is DeliveriesFull, is WorkerOverloaded:
            self = .busy
        case is CancellationError:
            self = .busy
        default:
            self.init(.internalServerError, "Something went wrong on the server")
        }
    }

    private static func status(of error: UploadError) -> HTTP.Status {
        switch error {
        // As Mastodon, which looks at the size of a file when it has it.
        case .tooLarge, .unsupportedType, .damaged, .dimensions, .tooManyFiles: .unprocessable
        case .malformedForm: .badRequest
        case .interrupted(let error): error.status
        case .outOfSpace: .insufficientStorage
        case .overloaded: .serviceUnavailable
        }
    }

    var response: Response {
        var writer = JSONWriter(capacity: 128)
        writer.object { writer in
            writer.field("error", message)
            if let explanation { writer.field("error_description", explanation) }
            for detail in details { writer.raw(detail.name, detail.json) }
        }
        var response = Response.json(status, writer.bytes)
        if let retryAfter { response.fields.append("Retry-After", String(retryAfter.components.seconds)) }
        if status == .unauthorized {
            response.fields.append("WWW-Authenticate", "Bearer realm=\"Islet\", error=\"invalid_token\"")
        }
        return response
    }
}
