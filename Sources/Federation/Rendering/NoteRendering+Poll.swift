import Basics
import HTTP
import JSON
import Storage

extension NoteRendering {
    /// The members that make a post a Question. FEP-9967.
    func write(_ poll: Poll, to writer: inout JSONWriter) {
        writer.array(poll.isMultiple ? "anyOf" : "oneOf") { writer in
            for option in poll.options {
                writer.object {
                    $0.field("type", "Note")
                    $0.field("name", option.name)
                    $0.object("replies") {
                        $0.field("type", "Collection")
                        $0.field("totalItems", option.votes)
                    }
                }
            }
        }
        if let end = poll.endsAt { writer.field("endTime", ISO8601.seconds(end.milliseconds)) }
        if poll.isClosed {
            writer.field("closed", ISO8601.seconds((poll.endsAt ?? poll.readAt).milliseconds))
        }
        writer.field("votersCount", poll.voters ?? 0)
    }
}
