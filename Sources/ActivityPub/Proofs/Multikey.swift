package import Crypto
internal import HTTP
package import JSON

/// Public keys as actors list them in `assertionMethod`. FEP-521a.
///
/// <https://www.w3.org/TR/cid-1.0/#Multikey>
package enum Multikey {
    // What a key is for, as a varint before it. <https://github.com/multiformats/multicodec>
    private static let ed25519: [UInt8] = [0xed, 0x01]
    private static let rsa: [UInt8] = [0x85, 0x24]

    /// The text for the 32 bytes of an Ed25519 key: `z6Mk…`.
    package static func encode(ed25519 raw: [UInt8]) -> String {
        "z" + Base58.encode(ed25519 + raw)
    }

    /// The key of a text: Ed25519 (`z6Mk…`) or RSA of 2048 to 8192 bits (`z4MX…`); `nil` if it is neither.
    package static func decode(_ text: String) -> PublicKey? {
        guard text.utf8.first == UInt8(ascii: "z"), let bytes = Base58.decode(text.dropFirst()) else {
            return nil
        }
        do throws(KeyError) {
            if bytes.starts(with: ed25519) { return try PublicKey(ed25519: Array(bytes.dropFirst(2))) }
            if bytes.starts(with: rsa) { return try PublicKey(pkcs1: Array(bytes.dropFirst(2))) }
            return nil
        } catch {
            return nil
        }
    }

    /// Most keys of one actor that are looked at.
    private static let most = 8

    /// The keys that an actor signs documents with, those that have ended left out.
    ///
    /// Only keys that the document contains count: it was fetched from the actor's origin, and proves nothing
    /// about what is elsewhere.
    ///
    /// - Parameter now: Seconds since 1970.
    package static func all(in actor: JSONValue, now: Int64) -> [(id: String, key: PublicKey)] {
        guard let owner = (actor["id"] ?? actor["@id"])?.string, let list = actor["assertionMethod"] else {
            return []
        }
        return list.asArray.prefix(most).compactMap { value in
            guard value.has(type: "Multikey"), value["controller"]?.firstID == owner,
                let id = (value["id"] ?? value["@id"])?.string, ObjectID.sameOrigin(id, owner),
                !hasEnded(value, now: now), let text = value["publicKeyMultibase"]?.string,
                let key = decode(text)
            else { return nil }
            return (id, key)
        }
    }

    /// A moment that cannot be read counts as past.
    private static func hasEnded(_ key: JSONValue, now: Int64) -> Bool {
        ["expires", "revoked"].contains { name in
            guard let value = key[name], !value.isNull else { return false }
            guard let moment = key.date(name) else { return true }
            return moment / 1000 <= now
        }
    }
}
