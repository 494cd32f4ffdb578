import Basics
import Federation
import Foundation
import Storage
import TestSupport
import Testing

/// What the tests of the inbox do again and again.
extension Islet {
    /// Follows somebody who lets the owner.
    @discardableResult
    func befriend(_ actor: StrangerActor) async throws -> ActorID {
        let row = try await follow(actor.handle)
        let uri = try #require(try read { try Following.find(row, in: $0) }).uri
        try await receive(actor.activity("Accept", about: uri), from: actor)
        return row
    }

    /// The address of a post of the owner's.
    func uri(_ id: StatusID) -> String { identity.status(id) }

    /// The row of somebody who has been here.
    func row(_ actor: StrangerActor) throws -> ActorID { try #require(try self.actor(actor.id)).id }

    /// What was sent to others, the types in order.
    func sent(to stranger: Stranger) -> [String] { stranger.received.map(\.type) }

    /// A poll of the owner's that ends in an hour.
    func ask(_ options: [String], isMultiple: Bool = false) async throws -> StatusID {
        let id = try await post("Which?")
        let now = clock.now()
        try await act { _, tx in
            try Polls.save(
                Poll(
                    status: id, isMultiple: isMultiple, endsAt: now + .hours(1),
                    options: options.map { Poll.Option(name: $0, votes: 0) }, readAt: now), in: tx)
        }
        return id
    }

    func votes(in poll: StatusID) throws -> [Int] {
        try read { try Polls.find(poll, in: $0) }?.options.map(\.votes) ?? []
    }

    func quote(_ uri: String) throws -> Quote? {
        guard let status = try status(uri) else { return nil }
        return try read { try Quotes.find(status.id, in: $0) }
    }

    /// Addresses of what somebody shows first.
    func pins(of actor: StrangerActor) throws -> [String] {
        let row = try row(actor)
        return try read { snapshot in
            try Pins.of(row, in: snapshot).compactMap { try Statuses.find($0, in: snapshot)?.uri }
        }
    }

    func waitingActivities() throws -> Int { try read { try Inbound.count(in: $0) } }
}

extension StrangerActor {
    /// Serves the actor's document with further members.
    func publish(more: String) {
        host.serve("/users/\(name)", document().dropLast() + "," + more + "}")
    }

    /// Serves a note at its address.
    func serve(_ number: Int, _ note: String) {
        host.serve("/users/\(name)/statuses/\(number)", note)
    }

    var featured: String { "\(id)/collections/featured" }

    /// An Add or Remove as Mastodon sends it, without id.
    func feature(_ type: String, _ object: String, target: String? = nil) -> String {
        #"{"type":"\#(type)","actor":"\#(id)","object":\#(object),"target":"\#(target ?? featured)"}"#
    }
}

/// A mention of the owner, as a further member of a note.
func mention(of islet: Islet) -> String {
    #","tag":[{"type":"Mention","href":"\#(islet.identity.actor)","name":"@me@islet.example"}]"#
}
