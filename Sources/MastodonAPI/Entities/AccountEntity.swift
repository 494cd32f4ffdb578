import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Account/>
enum AccountEntity {
    /// - Parameter successor: the account that somebody who moved has now.
    static func write(
        _ actor: Actor, movedTo successor: Actor? = nil, _ identity: Identity, to writer: inout JSONWriter
    ) {
        writer.raw(json(actor, movedTo: successor, identity))
    }

    /// As a member of an object.
    static func write(_ actor: Actor, as key: String, _ identity: Identity, to writer: inout JSONWriter) {
        writer.raw(key, json(actor, identity))
    }

    static func json(
        _ actor: Actor, movedTo successor: Actor? = nil, owner: Owner? = nil, _ identity: Identity
    ) -> [UInt8] {
        var writer = EntityWriter(capacity: 2_048)
        writer.open()
        members(of: actor, owner: owner, identity, to: &writer)
        if let successor { writer.raw("moved", json(successor, identity)[...]) }
        writer.close()
        return writer.bytes
    }

    /// What stands between the braces, for accounts that have more than others.
    ///
    /// - Parameter owner: what only the owner's account has, for that one.
    static func members(
        of actor: Actor, owner: Owner? = nil, _ identity: Identity, to writer: inout EntityWriter
    ) {
        let avatar = identity.avatar(of: actor)
        let header = identity.header(of: actor)
        writer.id("id", actor.id.value)
        writer.field("username", actor.username)
        writer.field("acct", actor.acct)
        writer.field("url", actor.url ?? actor.uri)
        writer.field("uri", actor.uri)
        writer.field("display_name", actor.name)
        writer.field("note", actor.summary)
        writer.field("avatar", avatar)
        writer.field("avatar_static", avatar)
        writer.field("avatar_description", owner?.avatarDescription ?? "")
        writer.field("header", header)
        writer.field("header_static", header)
        writer.field("header_description", owner?.headerDescription ?? "")
        writer.field("locked", actor.locked)
        writer.field("bot", actor.kind == .service || actor.kind == .application)
        writer.field("group", actor.kind == .group)
        writer.field("discoverable", actor.discoverable)
        writer.field("indexable", actor.indexable)
        writer.field("noindex", !actor.indexable)
        writer.field("created_at", ISO8601.milliseconds(actor.createdAt.milliseconds))
        writer.field("last_status_at", actor.lastStatusAt.map { ISO8601.day($0.milliseconds) })
        writer.field("statuses_count", actor.statusesCount)
        writer.field("followers_count", actor.followersCount)
        writer.field("following_count", actor.followingCount)
        writer.raw("emojis", EmojiEntity.list(actor.emojis, identity)[...])
        writer.rawList("fields", actor.fields)
        writer.constant("roles", "[]")
        if let owner {
            writer.field("hide_collections", owner.hidesCollections)
        } else {
            writer.constant("hide_collections", "null")
        }
        writer.constant("feature_approval", #"{"automatic":[],"manual":[],"current_user":"denied"}"#)
        let tabs = owner?.tabs ?? .all
        writer.field("show_media", tabs.contains(.media))
        writer.field("show_media_replies", tabs.contains(.mediaOfReplies))
        writer.field("show_featured", tabs.contains(.featured))
        if actor.isSuspended { writer.constant("suspended", "true") }
    }

    /// As little as a face needs,
    /// <https://docs.joinmastodon.org/methods/grouped_notifications/#PartialAccountWithAvatar>.
    static func writePartial(_ actor: Actor, _ identity: Identity, to writer: inout JSONWriter) {
        let avatar = identity.avatar(of: actor)
        writer.object { writer in
            writer.field("id", actor.id.description)
            writer.field("acct", actor.acct)
            writer.field("url", actor.url ?? actor.uri)
            writer.field("avatar", avatar)
            writer.field("avatar_static", avatar)
            writer.field("locked", actor.locked)
            writer.field("bot", actor.kind == .service || actor.kind == .application)
        }
    }

    /// Where those among these people who moved are now, as far as that is known, by their old accounts.
    static func successors(
        of actors: some Sequence<Actor>, in snapshot: Snapshot
    ) throws -> [ActorID: Actor] {
        var found: [ActorID: Actor] = [:]
        for actor in actors {
            guard let address = actor.movedTo, address != actor.uri else { continue }
            found[actor.id] = try Actors.find(uri: address, in: snapshot)
        }
        return found
    }
}
