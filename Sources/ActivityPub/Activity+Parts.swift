package import JSON

/// What only some activities say; read from the document each time it is asked for.
extension Activity {
    /// Most objects of one activity that are looked at.
    private static let mostObjects = 64
    /// Longest reaction, in bytes: a shortcode with its colons and somebody's host fits.
    private static let longestReaction = 256

    /// All objects, where several came: votes of GoToSocial, the posts of a Flag. At most 64.
    package var objects: [JSONValue] {
        Array((document["object"]?.asArray ?? []).prefix(Activity.mostObjects))
    }

    /// The id of what came of it: the authorisation that an Accept brings (FEP-044f).
    package var result: String? { document["result"]?.firstID }

    /// The means, or the first of several: the quoting post of a QuoteRequest.
    package var instrument: JSONValue? { document["instrument"]?.first }

    /// The emoji of a reaction, as itself or as `:shortcode:`; nil for a plain Like.
    package var reaction: String? {
        let text: String? =
            switch type {
            case "Like":
                document.filledName("_misskey_reaction") ?? document.filledName("content")
                    ?? document.filledName("name")
            case "EmojiReact": document.filledName("content")
            default: nil
            }
        return text.flatMap { $0.utf8.count <= Activity.longestReaction ? $0 : nil }
    }

    /// The object read as an activity, as in the Announce of a Group (FEP-1b12); nil when it is none, or only its id
    /// came. Nothing in it is to be believed before it was asked for at its own host.
    package var objectActivity: Activity? {
        guard let object, object.kind == .object, object["object"]?.first != nil else { return nil }
        return Activity(object)
    }
}

extension JSONValue {
    fileprivate func filledName(_ key: String) -> String? {
        name(key).flatMap { $0.isEmpty ? nil : $0 }
    }
}
