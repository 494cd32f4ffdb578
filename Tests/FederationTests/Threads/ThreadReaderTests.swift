import ActivityPub
import Basics
import Federation
import Foundation
import HTTP
import Storage
import TestSupport
import Testing

/// Threads of strangers that the owner opens.
struct ThreadReaderTests {
    /// A host with one author whose notes name their replies.
    private struct Place {
        let host: Stranger
        let author: StrangerActor

        init(_ pond: Pond, _ name: String) {
            host = pond.stranger(name)
            author = host.resident("a")
        }

        func id(_ number: Int) -> String { author.noteID(number) }

        /// Serves a note; `replies` is JSON for the member of that name.
        func note(_ number: Int, inReplyTo parent: String? = nil, replies: String? = nil) {
            let more = replies.map { #","replies":\#($0)"# } ?? ""
            host.serve("/users/a/statuses/\(number)", author.note(number, inReplyTo: parent, more: more))
        }

        /// Serves a page of a collection below this note.
        func page(_ path: String, _ items: [String], next: String? = nil) {
            let more = next.map { #","next":"\#($0)""# } ?? ""
            host.serve(
                path,
                #"{"id":"\#(host.origin)\#(path)","type":"CollectionPage","items":\#(WrittenJSON.list(items))\#(more)}"#
            )
        }
    }

    private func open(_ uri: String, of islet: Islet, _ pond: Pond) async throws -> StatusID {
        let id = try await islet.objects.status(uri)
        islet.threads.look(at: id)
        try await pond.settle()
        return id
    }

    private func below(_ id: StatusID, of islet: Islet) throws -> Set<String> {
        try islet.store.read { snapshot in
            let ids = try Statuses.descendants(of: id, limit: 4_096, in: snapshot)
            return Set(try Statuses.find(ids, in: snapshot).values.map(\.uri))
        }
    }

    @Test func `missing parents are fetched up to the first post`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let place = Place(pond, "far.example")
            place.note(1)
            place.note(2, inReplyTo: place.id(1))
            place.note(3, inReplyTo: place.id(2))
            let id = try await open(place.id(3), of: islet, pond)
            let above = try islet.store.read { snapshot in
                try Statuses.ancestors(of: id, limit: 100, in: snapshot).compactMap {
                    try Statuses.find($0, in: snapshot)?.uri
                }
            }
            #expect(above == [place.id(1), place.id(2)])
        }
    }

    @Test func `replies of replies come from all their hosts, without notifying and not into home`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let (one, two) = (Place(pond, "one.example"), Place(pond, "two.example"))
            one.note(1, replies: #"{"type":"Collection","first":"\#(one.host.origin)/replies"}"#)
            one.page("/replies", [two.id(1)], next: "\(one.host.origin)/replies2")
            one.page("/replies2", [two.id(2)])
            two.note(
                1, inReplyTo: one.id(1),
                replies: #"{"type":"Collection","first":{"type":"CollectionPage","items":["\#(one.id(2))"]}}"#
            )
            two.note(2, inReplyTo: one.id(1))
            one.note(2, inReplyTo: two.id(1))
            let id = try await open(one.id(1), of: islet, pond)
            #expect(try below(id, of: islet) == [two.id(1), two.id(2), one.id(2)])
            #expect(try islet.home().isEmpty && islet.notifications().isEmpty)
        }
    }

    @Test func `a second look soon after asks for nothing`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let place = Place(pond, "far.example")
            place.note(1, replies: #""\#(place.host.origin)/replies""#)
            place.page("/replies", [place.id(2), place.id(3)])
            place.note(2, inReplyTo: place.id(1))
            // The third is not to be had, and not asked for again either.
            let id = try await open(place.id(1), of: islet, pond)
            place.host.forget()
            islet.threads.look(at: id)
            try await pond.settle()
            #expect(place.host.asked.isEmpty)
            try await pond.pass(.hours(2))
            islet.threads.look(at: id)
            try await pond.settle()
            #expect(place.host.asked.contains("/replies"))
        }
    }

    @Test func `a collection that never ends, or goes round, is left at its bound`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let place = Place(pond, "far.example")
            place.note(1, replies: #""\#(place.host.origin)/p/0""#)
            for page in 0..<100 {
                place.page("/p/\(page)", [], next: "\(place.host.origin)/p/\(page + 1)")
            }
            place.note(2, replies: #""\#(place.host.origin)/round""#)
            place.page("/round", [], next: "\(place.host.origin)/round")
            _ = try await open(place.id(1), of: islet, pond)
            #expect(place.host.asked.filter { $0.hasPrefix("/p/") }.count == 40)
            _ = try await open(place.id(2), of: islet, pond)
            #expect(place.host.asked.filter { $0 == "/round" }.count == 1)
        }
    }

    @Test func `what a budget cut off is gone on with at the next look`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let place = Place(pond, "far.example")
            place.note(1, replies: #""\#(place.host.origin)/p/0""#)
            for page in 0..<60 {
                place.page(
                    "/p/\(page)", [place.id(100 + page)],
                    next: page < 59 ? "\(place.host.origin)/p/\(page + 1)" : nil)
                place.note(100 + page, inReplyTo: place.id(1))
            }
            let id = try await open(place.id(1), of: islet, pond)
            #expect(try below(id, of: islet).count == 40)
            islet.threads.look(at: id)
            try await pond.settle()
            #expect(try below(id, of: islet).count == 60)
        }
    }

    @Test func `posts that do not belong to the thread are not stored, and end the trust in their list`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let place = Place(pond, "far.example")
            place.note(1, replies: #""\#(place.host.origin)/p""#)
            place.page("/p", (10..<40).map { place.id($0) })
            for number in 10..<40 { place.note(number) }
            let id = try await open(place.id(1), of: islet, pond)
            #expect(try below(id, of: islet).isEmpty)
            #expect(try islet.store.read { try Statuses.count(in: $0) } == 1)
        }
    }

    @Test func `a page of another host is not asked for`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let (place, victim) = (Place(pond, "far.example"), pond.stranger("victim.example"))
            place.note(1, replies: #""https://victim.example/expensive""#)
            place.note(2, replies: #""\#(place.host.origin)/p""#)
            place.page("/p", [], next: "https://victim.example/expensive")
            _ = try await open(place.id(1), of: islet, pond)
            _ = try await open(place.id(2), of: islet, pond)
            #expect(victim.asked.isEmpty)
        }
    }

    @Test func `a host that hangs holds up nobody and is asked once`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let (one, two) = (Place(pond, "one.example"), Place(pond, "two.example"))
            let gate = Gate()
            defer { gate.open() }
            for number in 1...20 { two.host.answer("/users/a/statuses/\(number)", .hang(gate)) }
            one.note(1, replies: #""\#(one.host.origin)/p""#)
            one.page("/p", (1...20).map { two.id($0) } + (2...9).map { one.id($0) })
            for number in 2...9 { one.note(number, inReplyTo: one.id(1)) }
            let id = try await open(one.id(1), of: islet, pond)
            #expect(try below(id, of: islet).count == 8)
            #expect(two.host.asked.count <= 1)
        }
    }
}
