import Federation
import Storage

/// Why a line did not lead anywhere.
enum ImportFault: Error {
    /// A plain sentence; it stays so.
    case nowhere(String)
    /// Its host did not answer; it may later.
    case unanswered(String)

    init(_ error: FetchError, about what: String, at host: String) {
        self =
            switch error {
            case .passing(let reason): .unanswered("\(host) does not answer (\(ImportFault.plain(reason))).")
            case .gone: .nowhere("\(host) says that \(what) is gone.")
            case .missing: .nowhere("\(host) knows nothing of \(what).")
            case .refused(let reason):
                .nowhere("\(what) cannot be had from \(host): \(ImportEntry.shown(reason)).")
            }
    }

    /// What went wrong on the way, for people.
    private static func plain(_ reason: String) -> String {
        let word = reason.prefix { $0 != "(" }
        return switch word {
        case "nameNotFound": "no server has this name"
        case "resolverFailed": "its name could not be looked up"
        case "connectionFailed": "no connection"
        case "disconnected", "malformedResponse": "it broke off"
        case "tls": "no safe connection"
        case "timedOut": "it took too long"
        case "overloaded": "too much was asked at once"
        default: ImportEntry.shown(reason)
        }
    }
}
