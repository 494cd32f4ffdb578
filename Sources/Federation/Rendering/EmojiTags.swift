import JSON

/// Pictures in a text, kept in the store as JSON in the shape of the client API, as tags of a document.
enum EmojiTags {
    static func write(_ stored: String?, to writer: inout JSONWriter) {
        // What is stored was written by us; what does not parse is as good as absent.
        guard let stored, let list = try? Document(Array(stored.utf8)) else { return }
        for emoji in list.root.elements {
            guard let code = emoji["shortcode"]?.string, let url = emoji["url"]?.string else { continue }
            writer.object {
                $0.field("id", url)
                $0.field("type", "Emoji")
                $0.field("name", ":\(code):")
                $0.object("icon") {
                    $0.field("type", "Image")
                    $0.field("mediaType", PictureType.of(url))
                    $0.field("url", url)
                }
            }
        }
    }
}
