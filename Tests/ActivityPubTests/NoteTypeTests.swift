import Testing

@testable import ActivityPub

struct NoteTypeTests {
    @Test(arguments: [
        ("Note", NoteType.note), ("Review", .note), ("Question", .question), ("Article", .article),
        ("Page", .page),
        ("Video", .video), ("Audio", .audio), ("Image", .image), ("Event", .event),
        ("ChatMessage", .chatMessage),
        ("Document", nil), ("note", nil), ("", nil),
    ])
    func `the types that are posts are known by name`(name: String, type: NoteType?) {
        #expect(NoteType(name: name) == type)
    }

    @Test func `what is written like a note is short`() {
        #expect(NoteType.note.isShort && NoteType.question.isShort && NoteType.chatMessage.isShort)
        #expect(!NoteType.article.isShort && !NoteType.video.isShort)
    }
}
