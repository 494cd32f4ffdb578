import ActivityPub
import JSON

/// Asking for leave to quote, and giving it. FEP-044f.
extension ActivityRendering {
    /// A wish to quote a post.
    package struct QuoteWish: Sendable {
        /// The id of the QuoteRequest.
        package var request: String
        /// Who wants to quote.
        package var actor: String
        package var quoted: String
        package var quoting: String

        package init(request: String, actor: String, quoted: String, quoting: String) {
            self.request = request
            self.actor = actor
            self.quoted = quoted
            self.quoting = quoting
        }
    }

    /// - Parameters:
    ///   - note: the post that quotes, as `NoteRendering.note` gives it.
    ///   - author: of the post that is quoted.
    package func quoteRequest(id: String, quoted: String, note: [UInt8], author: String) -> [UInt8] {
        activity(
            id, "QuoteRequest", context: Context(of: note).union(.quoteRequest), to: [author], cc: []
        ) {
            $0.field("object", quoted)
            $0.raw("instrument", note)
        }
    }

    /// - Parameter stamp: the address of what proves it.
    package func acceptQuote(id: String, _ wish: QuoteWish, stamp: String) -> [UInt8] {
        activity(id, "Accept", context: .quoteRequest, to: [wish.actor], cc: []) {
            write(wish, to: &$0)
            $0.field("result", stamp)
        }
    }

    package func rejectQuote(id: String, _ wish: QuoteWish) -> [UInt8] {
        activity(id, "Reject", context: .quoteRequest, to: [wish.actor], cc: []) { write(wish, to: &$0) }
    }

    /// Takes leave to quote back.
    package func deleteStamp(_ stamp: String) -> [UInt8] {
        activity(stamp + "#delete", "Delete", to: [Vocabulary.everybody], cc: []) {
            $0.field("object", stamp)
        }
    }

    private func write(_ wish: QuoteWish, to writer: inout JSONWriter) {
        writer.object("object") {
            $0.field("id", wish.request)
            $0.field("type", "QuoteRequest")
            $0.field("actor", wish.actor)
            $0.field("object", wish.quoted)
            $0.field("instrument", wish.quoting)
        }
    }
}
