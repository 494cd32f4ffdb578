internal import COpenSSL

/// Password hashes by scrypt (RFC 7914), with little memory: N = 2^12, r = 8, p = 4 take 4 MB and about 50 ms
/// on a fast machine.
///
/// As text: `scrypt$ln=12,r=8,p=4$SALT$HASH`, salt and hash in URL-safe Base64 without padding. Both
/// functions keep a processor busy; call them on a worker thread, one at a time.
package enum PasswordHash {
    /// Characters that a password needs at least.
    package static let shortest = 8

    /// The text to store for `password`; a new salt each time.
    package static func make(_ password: String) throws -> String {
        let salt = RandomBytes.make(16)
        let cost = Cost.standard
        guard let hash = derive(password, salt, cost) else { throw OpenSSLError.take("hashing a password") }
        return
            "scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$" + Base64.encodeURL(salt) + "$"
            + Base64.encodeURL(hash)
    }

    /// Whether `password` is the one that `stored` was made for; a text that is no hash of ours fits no
    /// password.
    package static func verify(_ password: String, against stored: String) -> Bool {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "scrypt", let cost = Cost(parts[1]),
            let salt = Base64.decodeLenient(parts[2]), !salt.isEmpty,
            let hash = Base64.decodeLenient(parts[3]), hash.count == hashSize,
            let derived = derive(password, salt, cost)
        else {
            ERR_clear_error()
            return false
        }
        return ConstantTime.equal(derived, hash)
    }

    private static let hashSize = 32

    private struct Cost {
        var logN: UInt64
        var r: UInt64
        var p: UInt64

        static let standard = Cost(logN: 12, r: 8, p: 4)

        init(logN: UInt64, r: UInt64, p: UInt64) {
            self.logN = logN
            self.r = r
            self.p = p
        }

        /// Reads `ln=12,r=8,p=4`; the bounds keep an edited hash from taking more than 32 MB or a few
        /// seconds.
        init?(_ text: Substring) {
            let parts = text.split(separator: ",")
            guard parts.count == 3,
                let logN = Cost.number(parts[0], "ln="), (1...15).contains(logN),
                let r = Cost.number(parts[1], "r="), (1...8).contains(r),
                let p = Cost.number(parts[2], "p="), (1...16).contains(p)
            else { return nil }
            self.init(logN: logN, r: r, p: p)
        }

        private static func number(_ text: Substring, _ prefix: String) -> UInt64? {
            text.hasPrefix(prefix) ? UInt64(text.dropFirst(prefix.count)) : nil
        }
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost) -> [UInt8]? {
        let password = Array(password.utf8)
        // What the algorithm needs by its definition, and some for OpenSSL's rounding up.
        let memory = 128 * cost.r * ((1 << cost.logN) + cost.p + 2) + 65_536
        var isDone = false
        let hash = [UInt8](unsafeUninitializedCapacity: hashSize) { output, count in
            isDone = password.withUnsafeBytes { password in
                EVP_PBE_scrypt(
                    password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt,
                    salt.count,
                    1 << cost.logN, cost.r, cost.p, memory, output.baseAddress, hashSize) == 1
            }
            count = isDone ? hashSize : 0
        }
        return isDone ? hash : nil
    }
}
