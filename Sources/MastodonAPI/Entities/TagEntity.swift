import Federation
import HTTP
import JSON

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

    static func url(_ name: String, _ identity: Identity) -> String {
        identity.hashtag(PercentCoding.encodeSegment(name))
    }
}
