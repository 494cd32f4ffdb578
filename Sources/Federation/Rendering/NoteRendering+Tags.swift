import HTTP
import JSON
import Storage

extension NoteRendering {
    /// People and hashtags in the text, and what is quoted.
    func writeTags(of parts: NoteParts, to writer: inout JSONWriter) {
        for mention in parts.mentions {
            writer.object {
                $0.field("type", "Mention")
                $0.field("href", mention.uri)
                $0.field("name", "@\(mention.username)@\(mention.domain ?? identity.accountDomain)")
            }
        }
        for hashtag in parts.hashtags {
            writer.object {
                $0.field("type", "Hashtag")
                $0.field("href", identity.hashtag(PercentCoding.encodeSegment(hashtag.name)))
                $0.field("name", "#" + hashtag.shown)
            }
        }
        if let quote = parts.quote { write(link: quote, to: &writer) }
    }

    /// The object link of FEP-e232, by which Threads, Mitra and others know a quote.
    private func write(link quote: QuoteParts, to writer: inout JSONWriter) {
        writer.object {
            $0.field("type", "Link")
            $0.field("mediaType", #"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#)
            $0.field("href", quote.uri)
            $0.field("name", "RE: " + quote.page)
            $0.field("rel", "https://misskey-hub.net/ns#_misskey_quote")
        }
    }
}
