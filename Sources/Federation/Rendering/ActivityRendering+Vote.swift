import JSON

extension ActivityRendering {
    /// A vote for one option of a poll: a post without text whose name is the option's. FEP-9967.
    package func vote(id: String, option: String, poll: String, author: String) -> [UInt8] {
        activity(id, "Create", to: [author], cc: []) {
            $0.object("object") {
                $0.field("id", id + "/vote")
                $0.field("type", "Note")
                $0.field("attributedTo", identity.actor)
                $0.field("name", option)
                $0.field("inReplyTo", poll)
                $0.field("to", [author])
            }
        }
    }
}
