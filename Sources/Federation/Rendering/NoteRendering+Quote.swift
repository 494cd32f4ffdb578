import ActivityPub
import JSON
import Storage

extension NoteRendering {
    /// The quoted post under the names of FEP-044f, Misskey, Fedibird and others.
    func write(_ quote: QuoteParts, to writer: inout JSONWriter) {
        for name in ["quote", "_misskey_quote", "quoteUri", "quoteUrl"] { writer.field(name, quote.uri) }
        if let authorization = quote.authorization { writer.field("quoteAuthorization", authorization) }
    }

    /// Who may quote the post. Nothing is said about what is not enforced here.
    ///
    /// "Nobody" is written as the author alone, because an empty list cannot be told from none.
    func writePolicy(of status: Status, to writer: inout JSONWriter) {
        let rights = QuoteRights(of: status)
        let automatic = people(rights.automatic)
        let manual = people(rights.manual)
        writer.object("interactionPolicy") {
            $0.object("canQuote") {
                $0.field("automaticApproval", automatic.isEmpty ? [identity.actor] : automatic)
                if !manual.isEmpty { $0.field("manualApproval", manual) }
            }
        }
    }

    private func people(_ people: InteractionRights.People) -> [String] {
        if people.contains(.everybody) { return [Vocabulary.everybody] }
        return (people.contains(.followers) ? [identity.followers] : [])
            + (people.contains(.following) ? [identity.following] : [])
    }
}

/// Who may quote a post of the owner's: everybody, unless the owner said otherwise; never one that is not for all.
struct QuoteRights {
    let automatic: InteractionRights.People
    let manual: InteractionRights.People

    init(of status: Status) {
        guard status.visibility.isOpen else {
            automatic = []
            manual = []
            return
        }
        (automatic, manual) = status.rights?[.quote] ?? (.everybody, [])
    }
}
