internal import COpenSSL
internal import Glibc

/// Whom a client expects at the other end.
enum TLSPeer {
    /// Makes the handshake fail unless the certificate is for `host`, and tells the server which host is
    /// meant.
    ///
    /// - Returns: `false` if `host` is neither a name nor an address; an empty one would switch the check
    ///   off.
    static func expect(_ host: String, on ssl: OpaquePointer) -> Bool {
        guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isAllowed) else { return false }
        // The address of a URL comes in brackets if it is one of IPv6.
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        if isAddress(bare) {
            // An address is no server name (RFC 6066 §3).
            return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), bare) == 1
        }
        guard !bare.utf8.contains(UInt8(ascii: ":")), bare == host else { return false }
        // RFC 9525 §6: only names of the right kind count, and `*` stands for one whole label.
        SSL_set_hostflags(
            ssl, CUnsignedInt(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        return SSL_set1_host(ssl, host) == 1 && islet_ssl_set_sni(ssl, host) == 1
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    private static func isAddress(_ host: String) -> Bool {
        var space = in6_addr()
        return inet_pton(AF_INET, host, &space) == 1 || inet_pton(AF_INET6, host, &space) == 1
    }
}
