import ActivityPub
import JSON

/// The document by which the owner lets one post quote another. FEP-044f.
///
/// It only names the two: whoever checks it compares addresses.
enum QuoteStamp {
    static func document(id: String, owner: String, quoting: String, quoted: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 768)
        writer.object {
            Context([.quoteAuthorizationType, .interactingObject, .interactionTarget]).write(to: &$0)
            $0.field("id", id)
            $0.field("type", "QuoteAuthorization")
            $0.field("attributedTo", owner)
            $0.field("interactingObject", quoting)
            $0.field("interactionTarget", quoted)
        }
        return writer.bytes
    }
}

extension Identity {
    /// The address of a stamp.
    package func quoteAuthorization(_ id: Int64) -> String { "\(actor)/quote_authorizations/\(id)" }
}
