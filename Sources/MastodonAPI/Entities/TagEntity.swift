import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Tag/>
enum TagEntity {
    static func write(_ name: String, _ identity: Identity, to writer: inout JSONWriter) {
        writer.object { writer in
            // The table of hashtags has numbers, but a tag that was never used has none; the name serves for
            // both.
            writer.field("id", name)
            writer.field("name", name)
            writer.field("url", url(name, identity))
            // Nobody counts uses here; apps take an empty history.
            writer.array("history") { _ in }
        }
    }

    /// <https://docs.joinmastodon.org/entities/FeaturedTag/>
    static func writeFeatured(_ tag: FeaturedTags.Use, _ identity: Identity, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", tag.name)
            writer.field("name", tag.name)
            writer.field("url", url(tag.name, identity))
            // A text, as Mastodon writes it.
            writer.field("statuses_count", String(tag.statuses))
            writer.field("last_status_at", tag.lastStatusAt.map { ISO8601.day($0.milliseconds) })
        }
    }

    static func url(_ name: String, _ identity: Identity) -> String {
        identity.hashtag(PercentCoding.encodeSegment(name))
    }
}
