/// Why a TLS connection cannot go on.
package enum TLSError: Error, Equatable {
    /// The other side's certificate does not prove that it is the host we asked for; OpenSSL's words for it.
    case certificate(String)
    /// Anything else: no common version, a broken record, an alert from the other side.
    case protocolError(String)
}
