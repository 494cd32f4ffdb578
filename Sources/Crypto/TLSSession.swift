internal import COpenSSL

/// One TLS connection between buffers: ciphertext is carried from and to the wire by the caller, plaintext
/// comes out and goes in.
///
/// After each call the caller sends what `takeOutgoing()` gives, also when the call threw: it may hold the
/// alert that tells the other side why. What waits in `pendingOutgoing` is bounded only by what the caller
/// writes between two sendings, and `pendingIncoming` by what it receives between two readings.
// Sendable so that a connection may move with its task from one executor to another. It has no lock: one task
// at a time owns it, and no two calls may overlap.
package final class TLSSession: @unchecked Sendable {
    /// What a read has brought.
    package enum ReadOutcome: Equatable, Sendable {
        /// So many bytes were appended; there may be more.
        case bytes(Int)
        /// Nothing until more comes from the wire.
        case needsInput
        /// The other side has closed in good order. An end of the wire without this is a truncation (RFC 8446
        /// §6.1).
        case closed
    }

    private let context: TLSContext
    private let ssl: OpaquePointer
    private let wire = TLSWire()
    /// The host that must prove to be itself; `nil` on the server's side.
    private let host: String?
    private var failure: TLSError?

    /// The newest ticket the server has sent, for the next connection to the same host.
    ///
    /// With TLS 1.3 tickets come after the handshake, with the first reads.
    package private(set) var ticket: TLSTicket?

    /// The client's side of a connection to `host`, a name or an address, which the certificate must be for.
    ///
    /// A ticket from another host is not used.
    package init(client context: TLSContext, host: String, resuming ticket: TLSTicket? = nil) throws(TLSError)
    {
        precondition(context.role == .client, "A client needs a client's context")
        self.context = context
        self.host = host
        ssl = TLSSession.make(context, wire)
        SSL_set_connect_state(ssl)
        islet_ssl_set_owner(ssl, Unmanaged.passUnretained(self).toOpaque())
        guard TLSPeer.expect(host, on: ssl) else {
            ERR_clear_error()
            throw .protocolError("the host's name cannot be verified")
        }
        if let ticket, ticket.host == host, SSL_SESSION_is_resumable(ticket.session) == 1 {
            SSL_set_session(ssl, ticket.session)
        }
    }

    /// The server's side of a connection.
    package init(server context: TLSContext) {
        precondition(context.role == .server, "A server needs a server's context")
        self.context = context
        host = nil
        ssl = TLSSession.make(context, wire)
        SSL_set_accept_state(ssl)
    }

    deinit {
        if failure == nil { islet_ssl_forget_shutdown(ssl) }
        SSL_free(ssl)
    }

    private static func make(_ context: TLSContext, _ wire: TLSWire) -> OpaquePointer {
        guard let ssl = SSL_new(context.context), let bio = wire.makeBIO() else {
            fatalError("No memory for a TLS connection")
        }
        SSL_set_bio(ssl, bio, bio)
        return ssl
    }

    // MARK: - The wire

    /// Takes ciphertext that came from the wire.
    package func receive(_ bytes: UnsafeRawBufferPointer) {
        wire.receive(bytes)
    }

    /// Gives the ciphertext that has to go to the wire, and forgets it.
    package func takeOutgoing() -> [UInt8] {
        defer { wire.outgoing = [] }
        return wire.outgoing
    }

    /// Bytes of ciphertext that wait for `takeOutgoing()`.
    package var pendingOutgoing: Int { wire.outgoing.count }

    /// Bytes of ciphertext that were received and not yet read.
    package var pendingIncoming: Int { wire.incomingCount }

    // MARK: - The connection

    /// Goes on with the handshake as far as the received bytes allow.
    ///
    /// - Returns: Whether it is done; if not, more must come from the wire.
    package func handshake() throws(TLSError) -> Bool {
        try check()
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        if result == 1 { return true }
        if SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ { return false }
        throw fail()
    }

    /// Encrypts all of `plain` into the outgoing bytes; write some ten kilobytes at a time and send them.
    package func write(_ plain: UnsafeRawBufferPointer) throws(TLSError) {
        try check()
        guard !plain.isEmpty else { return }
        guard SSL_is_init_finished(ssl) == 1 else { throw .protocolError("nothing can be written yet") }
        ERR_clear_error()
        var written = 0
        guard SSL_write_ex(ssl, plain.baseAddress, plain.count, &written) == 1 else { throw fail() }
    }

    /// Appends up to `max` bytes of plaintext.
    package func read(into plain: inout [UInt8], max: Int) throws(TLSError) -> ReadOutcome {
        try check()
        var total = 0
        while total < max {
            switch readRecord(into: &plain, max: max - total) {
            case .bytes(let count): total += count
            case let other:
                if total > 0 { return .bytes(total) }
                if let failure { throw failure }
                return other
            }
        }
        return .bytes(total)
    }

    /// Tells the other side that nothing more will come, by a last record in the outgoing bytes.
    package func shutdown() {
        guard failure == nil, SSL_is_init_finished(ssl) == 1 else { return }
        // Whether the other side has closed too does not matter: HTTP knows where its messages end.
        SSL_shutdown(ssl)
        ERR_clear_error()
    }

    /// Whether an earlier connection was resumed, so that no certificate was sent.
    package var wasResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// The version in use, such as `TLSv1.3`.
    package var version: String { String(cString: SSL_get_version(ssl)) }

    /// What was agreed on by ALPN, if the other side uses it.
    package var applicationProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var length: CUnsignedInt = 0
        SSL_get0_alpn_selected(ssl, &name, &length)
        return name.map {
            String(decoding: UnsafeBufferPointer(start: $0, count: Int(length)), as: UTF8.self)
        }
    }

    // MARK: - Inside

    /// Plaintext of one TLS record at most.
    private func readRecord(into plain: inout [UInt8], max: Int) -> ReadOutcome {
        ERR_clear_error()
        var count = 0
        let size = min(max, 16_384)
        let result = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
            let result = SSL_read_ex(ssl, buffer.baseAddress, size, &count)
            if result == 1 { plain.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            return result
        }
        if result == 1 { return .bytes(count) }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ:
            // A ticket makes OpenSSL allocate 16 KB to write with, which SSL_MODE_RELEASE_BUFFERS would free
            // only after the next write. In the middle of a record some versions free what they still need
            // (CVE-2024-4741).
            if wire.isBetweenRecords { SSL_free_buffers(ssl) }
            return .needsInput
        case SSL_ERROR_ZERO_RETURN: return .closed
        default:
            _ = fail()
            return .closed
        }
    }

    /// OpenSSL must not be called again after a fatal error.
    private func check() throws(TLSError) {
        if let failure { throw failure }
    }

    /// Remembers and returns what just went wrong.
    private func fail() -> TLSError {
        let reason = OpenSSLError.takeReason() ?? "closed by the other side"
        let verdict = SSL_get_verify_result(ssl)
        let isCertificate = host != nil && Int(verdict) != X509_V_OK
        let error: TLSError =
            isCertificate
            ? .certificate(String(cString: X509_verify_cert_error_string(verdict))) : .protocolError(reason)
        failure = error
        return error
    }

    /// Called by OpenSSL, inside of a handshake or a read, for each ticket; takes over the reference if it
    /// says so.
    static func keep(_ session: OpaquePointer, of ssl: OpaquePointer) -> Bool {
        guard let owner = islet_ssl_owner(ssl) else { return false }
        let tls = Unmanaged<TLSSession>.fromOpaque(owner).takeUnretainedValue()
        guard let host = tls.host else { return false }
        tls.ticket = TLSTicket(taking: session, host: host)
        return true
    }
}
