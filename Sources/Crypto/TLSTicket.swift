internal import COpenSSL

/// What a client keeps of a connection so that the next one to the same host starts faster and cheaper.
// Sendable although it holds a pointer: the session is only handed to OpenSSL, which counts references
// atomically and copies a session before it changes it.
package final class TLSTicket: @unchecked Sendable {
    let session: OpaquePointer
    /// The host whose certificate was verified. A resumed connection shows no certificate, so a ticket must
    /// never be used for another host.
    package let host: String

    /// Takes over OpenSSL's reference.
    init(taking session: OpaquePointer, host: String) {
        self.session = session
        self.host = host
    }

    deinit { SSL_SESSION_free(session) }
}
