/// Why the program ended, by sysexits.h.
enum ExitStatus: Int32, Error {
    case done = 0
    case usage = 64
    case badData = 65
    case unavailable = 69
    case fault = 70
    case cannotCreate = 73
    case inputOutput = 74
    case tryLater = 75
    case notAllowed = 77
    case configuration = 78
}

/// What a command says when it cannot do what it was asked: one or two lines, and a status.
struct Failure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
