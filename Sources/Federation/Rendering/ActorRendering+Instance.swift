import ActivityPub
import JSON
package import Storage

extension ActorRendering {
    /// The actor that fetches in the name of the server (FEP-2677), with a key of its own; nil before there is an
    /// owner, with whom the key is made.
    package func instanceDocument(in snapshot: Snapshot) throws -> [UInt8]? {
        guard let owner = try Owner.load(in: snapshot) else { return nil }
        let id = identity.instanceActor
        var writer = JSONWriter(capacity: 2_048)
        writer.object {
            Context([.security, .webfinger, .capabilities, .manuallyApprovesFollowers]).write(to: &$0)
            $0.field("id", id)
            $0.field("type", "Application")
            $0.field("preferredUsername", identity.host)
            $0.field("webfinger", "\(identity.host)@\(identity.host)")
            $0.field("name", identity.host)
            $0.field("summary", "")
            $0.field("url", identity.origin + "/")
            $0.field("inbox", id + "/inbox")
            $0.field("outbox", id + "/outbox")
            $0.object("endpoints") { $0.field("sharedInbox", identity.sharedInbox) }
            $0.field("manuallyApprovesFollowers", true)
            ActorRendering.writeCapabilities(to: &$0)
            writeKey(identity.instanceKeyID, owner: id, pem: owner.instancePublicKey, to: &$0)
        }
        return writer.bytes
    }

    /// That signatures of the newer kind are understood here. FEP-844e.
    static func writeCapabilities(to writer: inout JSONWriter) {
        writer.array("implements") {
            $0.object {
                $0.field("href", "https://datatracker.ietf.org/doc/html/rfc9421")
                $0.field("name", "RFC-9421: HTTP Message Signatures")
            }
        }
    }
}
