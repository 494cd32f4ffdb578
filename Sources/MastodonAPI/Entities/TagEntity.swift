import Basics
import Crypto
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Tag/>
enum TagEntity {
    /// How the owner stands to a hashtag.
    struct Ties {
        var isFollowed: Bool
        var isFeatured: Bool
    }

    /// - Parameter ties: nil when they are not known, for null stops some apps.
    static func write(
        _ name: String, _ identity: Identity, _ ties: Ties? = nil, to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.field("id", id(of: name))
            writer.field("name", name)
            writer.field("url", url(name, identity))
            // Nobody counts uses here; apps take an empty history.
            writer.array("history") { _ in }
            guard let ties else { return }
            writer.field("following", ties.isFollowed)
            writer.field("featuring", ties.isFeatured)
        }
    }

    /// <https://docs.joinmastodon.org/entities/FeaturedTag/>
    static func writeFeatured(_ tag: FeaturedTags.Use, _ identity: Identity, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id(of: tag.name))
            writer.field("name", tag.name)
            writer.field("url", url(tag.name, identity))
            // A text, as Mastodon writes it.
            writer.field("statuses_count", String(tag.statuses))
            writer.field("last_status_at", tag.lastStatusAt.map { ISO8601.day($0.milliseconds) })
        }
    }

    /// Digits, always the same ones for a hashtag: one that was never used has no row with a number, and the name
    /// itself is no id that apps take.
    static func id(of name: String) -> String {
        let digest = Digest.sha256(name.lowercased().utf8)
        return String(digest.prefix(7).reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) })
    }

    static func url(_ name: String, _ identity: Identity) -> String {
        identity.hashtag(PercentCoding.encodeSegment(name))
    }
}
