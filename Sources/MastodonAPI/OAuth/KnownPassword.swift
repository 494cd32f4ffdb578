import Basics
import Crypto
import Federation
import Storage

/// That somebody gave the owner's name and password, at some moment.
///
/// Checking takes long, and the password may be changed meanwhile; so whoever is let in because of it asks again in
/// the transaction that lets them in.
struct KnownPassword: Sendable {
    /// What the password was compared with.
    let hash: String

    func isSet(in snapshot: Snapshot) throws -> Bool {
        try Owner.load(in: snapshot)?.password == hash
    }
}

extension ClientAPI {
    /// Checks name and password; nil when one is wrong. Hashing takes long on purpose, so it runs on the worker.
    func knownPassword(name: String, password: String) async throws -> KnownPassword? {
        guard !password.isEmpty, password.utf8.count <= 1_024,
            let owner = try store.read({ try Owner.load(in: $0) })
        else { return nil }
        let fits = try await worker.run { PasswordHash.verify(password, against: owner.password) }
        return fits && isOwnName(name.trimmingSpaces) ? KnownPassword(hash: owner.password) : nil
    }

    /// The name alone, or as the whole handle, which some people type.
    private func isOwnName(_ name: String) -> Bool {
        let name = (name.hasPrefix("@") ? String(name.dropFirst()) : name).lowercased()
        let own = identity.username.lowercased()
        return name == own || name == "\(own)@\(identity.accountDomain.lowercased())"
    }
}
