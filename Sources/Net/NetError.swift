import Glibc

/// Why a connection could not be used any further.
enum NetError: Error {
    case timedOut
    /// Closed by us, for example because the program stops.
    case closed
    /// The peer reset the connection, or the network broke; the text is the system's.
    case broken(String)
    case tls(String)

    /// What `errno` says.
    static func last() -> NetError { .broken(String(cString: strerror(errno))) }
}
