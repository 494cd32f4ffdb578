import HTTP
import JSON
import Storage

/// An event as it is sent: written once, and shared by everybody who reads it.
struct StreamMessage: Sendable {
    /// `event` of each frame, <https://docs.joinmastodon.org/methods/streaming/#events>.
    let event: String
    /// JSON as text, or a bare id; nil for an event that says all by its name.
    let payload: String?
    /// The payload as a JSON string, for frames, where it stands in JSON itself.
    private let quoted: [UInt8]

    init(_ event: String, payload: String? = nil) {
        self.event = event
        self.payload = payload
        guard let payload else {
            quoted = []
            return
        }
        // Nearly every tenth byte is a quotation mark, which takes two.
        var writer = JSONWriter(capacity: payload.utf8.count * 5 / 4 + 2)
        writer.element(payload)
        quoted = writer.bytes
    }

    /// What it counts in a reader's queue, in bytes.
    var size: Int { quoted.count + 64 }

    /// The text of a WebSocket message.
    ///
    /// - Parameter label: the stream it is sent on, and its hashtag or list.
    func frame(on label: [String]) -> String {
        var writer = JSONWriter(capacity: quoted.count + 128)
        writer.object { writer in
            writer.field("stream", label)
            writer.field("event", event)
            if payload != nil { writer.raw("payload", quoted) }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The lines of an event stream.
    var lines: [UInt8] { EventStream.event(event, data: payload ?? "") }
}

/// An event that is ready to be sent to whoever follows a stream that takes it.
struct StreamNews: Sendable {
    let event: Event
    let post: StreamedPost?
    let message: StreamMessage
}
