package import JSON

/// A key that an actor signs requests with.
package struct ActorKey: Sendable, Equatable {
    package let id: String
    /// The actor that it belongs to, as the key itself says.
    package let owner: String
    /// SPKI or PKCS#1 in PEM.
    package let pem: String

    package init(id: String, owner: String, pem: String) {
        self.id = id
        self.owner = owner
        self.pem = pem
    }

    /// Most keys of one actor that are looked at.
    private static let most = 8

    /// The keys of an actor that are its own. A bare id, which would have to be fetched, is left out.
    static func all(in actor: JSONValue) -> [ActorKey] {
        guard let id = (actor["id"] ?? actor["@id"])?.string, let value = actor[term: "publicKey"] else {
            return []
        }
        return value.asArray.prefix(most).compactMap { key in
            guard let keyID = (key["id"] ?? key["@id"])?.string, !keyID.isEmpty,
                let pem = key.text("publicKeyPem"), !pem.isEmpty
            else { return nil }
            let owner = owner(of: key) ?? id
            return ObjectID.same(owner, id) ? ActorKey(id: keyID, owner: id, pem: pem) : nil
        }
    }

    /// Whom a key says it belongs to; newer documents call the owner its controller.
    static func owner(of key: JSONValue) -> String? {
        (key[term: "owner"] ?? key["controller"])?.firstID
    }
}

extension ActorDocument {
    /// Whether a document is a key that stands alone, or the stub that GoToSocial serves in its place.
    package static func isBareKey(_ value: JSONValue) -> Bool {
        value["inbox"] == nil && (value[term: "publicKeyPem"] ?? value[term: "publicKey"]) != nil
    }

    /// The actor that a document of a key belongs to; that actor must list the key.
    package static func keyOwner(_ value: JSONValue) -> String? {
        ActorKey.owner(of: value) ?? value[term: "publicKey"]?.first.flatMap(ActorKey.owner)
    }
}
