/// A file of somebody else, which is fetched when somebody looks at it: what it is, and the row that has its address.
package struct RemoteFile: Hashable, Sendable {
    /// The names are parts of addresses.
    package enum Kind: String, CaseIterable, Sendable {
        /// The pictures of a person; `id` is that of the actor.
        case avatar, header
        /// A file of a post, and the picture that stands for a recording; `id` is that of the attachment.
        case attachment, preview
        /// A picture in a text; `id` is that in `Emojis`.
        case emoji
        /// The picture of a linked page; `id` is that in `LinkPreviews`.
        case card
    }

    package let kind: Kind
    package let id: Int64

    package init(_ kind: Kind, _ id: Int64) {
        self.kind = kind
        self.id = id
    }

    /// Whether the row may get another file, so that the address of the file must tell one from the other.
    package var mayChange: Bool {
        switch kind {
        case .avatar, .header, .card: true
        case .attachment, .preview, .emoji: false
        }
    }
}
