internal import COpenSSL
internal import Glibc

/// What all TLS connections of one kind share: whom a client trusts, or which certificate a server shows.
///
/// TLS 1.2 or newer, HTTP/1.1 by ALPN, no compression, no renegotiation. A changed certificate needs a new
/// context; connections of the old one go on with it.
// Sendable although it holds a pointer: never changed after `init`; OpenSSL locks what its connections share,
// the store of certificates and the keys of the tickets.
package final class TLSContext: @unchecked Sendable {
    /// Where a client's trust comes from.
    package enum Roots: Sendable {
        /// The certificates of the operating system.
        case system
        /// Those, and the ones in this file.
        case systemAnd(pemFile: String)
    }

    enum Role {
        case client, server
    }

    let context: OpaquePointer
    let role: Role

    /// A context that trusts these roots.
    package static func client(roots: Roots) throws -> TLSContext {
        let tls = try TLSContext(.client)
        SSL_CTX_set_verify(tls.context, SSL_VERIFY_PEER, nil)
        try tls.trustSystem()
        if case .systemAnd(let file) = roots {
            guard SSL_CTX_load_verify_locations(tls.context, file, nil) == 1 else {
                throw OpenSSLError.take("reading the certificates to trust from \(file)")
            }
        }
        return tls
    }

    /// A context that shows the certificate, followed by those between it and a root, from one file and
    /// proves to be its owner with the key from the other.
    package static func server(certificatePEMFile: String, keyPEMFile: String) throws -> TLSContext {
        let tls = try TLSContext(.server)
        // An encrypted key is an error; without this OpenSSL would ask for the password on the terminal.
        SSL_CTX_set_default_passwd_cb(tls.context) { _, _, _, _ in -1 }
        guard SSL_CTX_use_certificate_chain_file(tls.context, certificatePEMFile) == 1 else {
            throw OpenSSLError.take("reading the certificate \(certificatePEMFile)")
        }
        guard SSL_CTX_use_PrivateKey_file(tls.context, keyPEMFile, SSL_FILETYPE_PEM) == 1,
            SSL_CTX_check_private_key(tls.context) == 1
        else { throw OpenSSLError.take("reading the private key \(keyPEMFile)") }
        return tls
    }

    private init(_ role: Role) throws(OpenSSLError) {
        guard let context = SSL_CTX_new(role == .client ? TLS_client_method() : TLS_server_method()) else {
            throw .take("preparing TLS")
        }
        self.context = context
        self.role = role
        islet_ssl_ctx_no_cache(context, role == .client ? 1 : 0)
        guard islet_ssl_ctx_restrict(context) == 1, TLSContext.offerHTTP(context, role) else {
            throw .take("preparing TLS")
        }
        switch role {
        case .client:
            SSL_CTX_sess_set_new_cb(context) { ssl, session in
                guard let ssl, let session else { return 0 }
                return TLSSession.keep(session, of: ssl) ? 1 : 0
            }
        case .server:
            // One is enough for a peer that keeps one.
            SSL_CTX_set_num_tickets(context, 1)
        }
    }

    deinit { SSL_CTX_free(context) }

    // MARK: - Trust

    private static let systemDirectory = "/etc/ssl/certs"

    /// A directory of hashed names is looked into when a root is needed; the one big file that is the usual
    /// default would be read now and kept, at 0.9 MB.
    private func trustSystem() throws(OpenSSLError) {
        let isTrusted =
            TLSContext.hasHashedNames(TLSContext.systemDirectory)
            ? SSL_CTX_load_verify_locations(context, nil, TLSContext.systemDirectory)
            : SSL_CTX_set_default_verify_paths(context)
        guard isTrusted == 1 else { throw .take("finding the system's certificates") }
    }

    /// Whether there is a name like `4a6481c9.0`; some systems have a directory of another kind in the same
    /// place.
    private static func hasHashedNames(_ path: String) -> Bool {
        guard let directory = opendir(path), let offset = MemoryLayout<dirent>.offset(of: \.d_name) else {
            return false
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            // Where it lies, not as a value: an entry is only as long as its name.
            let name = UnsafeRawPointer(entry) + offset
            guard strlen(name.assumingMemoryBound(to: CChar.self)) == 10 else { continue }
            if UnsafeRawBufferPointer(start: name + 8, count: 2).elementsEqual(".0".utf8) { return true }
        }
        return false
    }

    // MARK: - ALPN

    /// "http/1.1" with its length before it, as it is sent. RFC 7301 §3.1.
    private static let protocols: [UInt8] = [8] + Array("http/1.1".utf8)

    private static func offerHTTP(_ context: OpaquePointer, _ role: Role) -> Bool {
        guard role == .server else {
            // Unlike nearly everything in OpenSSL, this returns 0 for success.
            return SSL_CTX_set_alpn_protos(context, protocols, CUnsignedInt(protocols.count)) == 0
        }
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, chosenLength, offered, offeredLength, _ in
                guard let chosen, let chosenLength, let offered else { return SSL_TLSEXT_ERR_ALERT_FATAL }
                return TLSContext.choose(
                    from: UnsafeBufferPointer(start: offered, count: Int(offeredLength)), chosen, chosenLength
                )
            }, nil)
        return true
    }

    /// Points `chosen` at our protocol in the client's list; a client that wants only others is refused, as
    /// RFC 7301 §3.2 demands. Clients that do not use ALPN never get here.
    private static func choose(
        from offered: UnsafeBufferPointer<UInt8>, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>,
        _ chosenLength: UnsafeMutablePointer<UInt8>
    ) -> CInt {
        var index = 0
        while index < offered.count {
            let end = index + 1 + Int(offered[index])
            guard end <= offered.count else { break }
            if offered[index..<end].elementsEqual(protocols) {
                chosen.pointee = offered.baseAddress.map { $0 + index + 1 }
                chosenLength.pointee = offered[index]
                return SSL_TLSEXT_ERR_OK
            }
            index = end
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}
