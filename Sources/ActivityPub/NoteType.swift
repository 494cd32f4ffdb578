/// The types of objects that are shown as posts.
package enum NoteType: Sendable, Equatable {
    case note, question, article, page, video, audio, image, event, chatMessage

    /// - Parameter name: the local name of the type.
    init?(name: String) {
        switch name {
        // BookWyrm sends the others to its own kind; each is a note with more to it.
        case "Note", "GeneratedNote", "Review", "Comment", "Quotation", "Rating", "Status": self = .note
        case "Question": self = .question
        case "Article": self = .article
        case "Page": self = .page
        case "Video": self = .video
        case "Audio": self = .audio
        case "Image": self = .image
        case "Event": self = .event
        case "ChatMessage": self = .chatMessage
        default: return nil
        }
    }

    /// Whether it is written like a note: no title, and its summary is a content warning.
    package var isShort: Bool {
        switch self {
        case .note, .question, .chatMessage: true
        case .article, .page, .video, .audio, .image, .event: false
        }
    }
}
