import ActivityPub
import Federation
import HTTP
import Storage
import TestSupport

/// More that strangers write.
extension StrangerActor {
    /// The Create by which this actor votes.
    func vote(_ name: String, in poll: String, number: Int = 1) -> String {
        activity(
            "Create",
            """
            {"id":"\(id)#votes/\(number)","type":"Note","attributedTo":"\(id)","name":"\(name)","inReplyTo":"\(poll)"}
            """, id: "\(id)#votes/\(number)/activity")
    }

    /// A poll of one choice that ends in 2025.
    func question(_ number: Int, _ options: KeyValuePairs<String, Int>, more: String = "") -> String {
        let list = options.map {
            #"{"type":"Note","name":"\#($0.key)","replies":{"type":"Collection","totalItems":\#($0.value)}}"#
        }
        return note(
            number, "Which?",
            more: #","oneOf":[\#(list.joined(separator: ","))],"endTime":"2025-01-01T00:00:00Z"\#(more)"#
        ).replacing(#""type":"Note","attributedTo""#, with: #""type":"Question","attributedTo""#)
    }

    /// Serves the actor's document with further members, which end with a comma.
    func publish(with members: String) {
        host.serve("/users/\(name)", "{" + members + document().drop { $0 != "{" }.dropFirst())
    }

    /// Follows somebody, or whatever else is only said.
    func follow(_ islet: Islet, number: Int = 1) async throws {
        try await islet.receive(
            activity("Follow", about: islet.identity.actor, number: number), from: self)
    }

    /// Lets the owner of an islet follow this actor.
    @discardableResult
    func isFollowed(by islet: Islet) async throws -> ActorID {
        let row = try await islet.follow(handle)
        let uri = try islet.read { try Following.find(row, in: $0) }?.uri ?? ""
        try await islet.receive(activity("Accept", about: uri), from: self)
        return row
    }
}
