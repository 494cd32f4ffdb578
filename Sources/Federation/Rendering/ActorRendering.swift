package import ActivityPub
import Basics
import HTTP
import JSON
package import Storage

/// The owner, and the actor that fetches, as other servers read them.
///
/// <https://docs.joinmastodon.org/spec/activitypub/#profile>
package struct ActorRendering: Sendable {
    let identity: Identity

    package init(identity: Identity) {
        self.identity = identity
    }

    /// An actor as JSON without `@context`, and the terms that are in it.
    package struct Rendered: Sendable {
        package let bytes: [UInt8]
        package let context: Context

        package init(bytes: [UInt8], context: Context) {
            self.bytes = bytes
            self.context = context
        }
    }

    /// The owner's actor, to be put into an Update; nil before there is an owner.
    package func actor(in snapshot: Snapshot) throws -> Rendered? {
        guard let actor = try Actors.find(identity.owner, in: snapshot) else { return nil }
        let owner = try Owner.load(in: snapshot)
        let proofKey = owner.flatMap(ActorRendering.proofKey)
        let sites = owner?.attributionDomains ?? []
        var writer = JSONWriter(capacity: 3_072)
        writer.object { writer in
            write(actor, proofKey: proofKey, to: &writer)
            if !sites.isEmpty { writer.field("attributionDomains", sites) }
        }
        var context = ActorRendering.context(of: actor, proofKey: proofKey)
        if !sites.isEmpty { context.insert(.attributionDomains) }
        return Rendered(bytes: writer.bytes, context: context)
    }

    /// The owner's actor as it is served at its own address; nil before there is an owner.
    package func document(in snapshot: Snapshot) throws -> [UInt8]? {
        try actor(in: snapshot).map { $0.context.heading($0.bytes) }
    }

    private static func context(of actor: Actor, proofKey: String?) -> Context {
        var context: Context = [
            .security, .webfinger, .capabilities, .manuallyApprovesFollowers, .featured, .featuredTags,
            .discoverable, .indexable, .propertyValue,
        ]
        if actor.movedTo != nil { context.insert(.movedTo) }
        if !actor.alsoKnownAs.isEmpty { context.insert(.alsoKnownAs) }
        if proofKey != nil { context.insert(.multikey) }
        return context
    }

    private func write(_ actor: Actor, proofKey: String?, to writer: inout JSONWriter) {
        writer.field("id", identity.actor)
        writer.field("type", actor.kind == .service ? "Service" : "Person")
        writer.field("preferredUsername", identity.username)
        writer.field("webfinger", "\(identity.username)@\(identity.accountDomain)")
        writer.field("name", actor.name)
        // Pixelfed wants a string, so an empty one is not left out.
        writer.field("summary", actor.summary)
        writer.field("url", identity.profile)
        writer.field("inbox", identity.inbox)
        writer.field("outbox", identity.outbox)
        writer.field("followers", identity.followers)
        writer.field("following", identity.following)
        writer.field("featured", identity.featured)
        writer.field("featuredTags", identity.featuredTags)
        writer.object("endpoints") { $0.field("sharedInbox", identity.sharedInbox) }
        writer.field("manuallyApprovesFollowers", actor.locked)
        writer.field("discoverable", actor.discoverable)
        writer.field("indexable", actor.indexable)
        writer.field("published", ISO8601.day(actor.createdAt.milliseconds) + "T00:00:00Z")
        if !actor.alsoKnownAs.isEmpty { writer.field("alsoKnownAs", actor.alsoKnownAs) }
        if let movedTo = actor.movedTo { writer.field("movedTo", movedTo) }
        writePicture("icon", actor.avatar, to: &writer)
        writePicture("image", actor.header, to: &writer)
        writer.array("attachment") { writeFields(actor.fields, to: &$0) }
        writer.array("tag") { _ in }
        writer.object("generator") {
            $0.field("type", "Application")
            ActorRendering.writeCapabilities(to: &$0)
        }
        writeKey(identity.keyID, owner: identity.actor, pem: actor.keyPEM ?? "", to: &writer)
        if let proofKey { write(proofKey: proofKey, to: &writer) }
    }

    private func writePicture(_ name: String, _ file: String?, to writer: inout JSONWriter) {
        guard let file else { return }
        let url = identity.picture(file)
        writer.object(name) {
            $0.field("type", "Image")
            $0.field("mediaType", PictureType.of(url))
            $0.field("url", url)
        }
    }

    private func writeFields(_ fields: String?, to writer: inout JSONWriter) {
        for (name, value) in ProfileFields.read(fields) {
            writer.object {
                $0.field("type", "PropertyValue")
                $0.field("name", name)
                $0.field("value", value)
            }
        }
    }

    func writeKey(_ id: String, owner: String, pem: String, to writer: inout JSONWriter) {
        writer.object("publicKey") {
            $0.field("id", id)
            $0.field("owner", owner)
            $0.field("publicKeyPem", pem)
        }
    }
}

/// The media type of a picture, by the end of its name; our own files are named after their type.
enum PictureType {
    static func of(_ name: String) -> String {
        let end = name.utf8.lastIndex(of: UInt8(ascii: ".")).map {
            name[name.utf8.index(after: $0)...].lowercased()
        }
        return switch end {
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "avif": "image/avif"
        default: "image/png"
        }
    }
}
