import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// Add and Remove.
struct InboundAddTests {
    private func islet(_ pond: Pond) async throws -> (Islet, StrangerActor) {
        let islet = try await pond.islet()
        let zoe = pond.stranger("far.example").resident("zoe")
        zoe.publish(more: #""featured":"\#(zoe.featured)""#)
        try await islet.befriend(zoe)
        return (islet, zoe)
    }

    @Test func `posts are pinned and unpinned, unknown ones fetched`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await islet(pond)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            zoe.serve(2, zoe.note(2))
            for number in [1, 2, 1] {
                #expect(
                    try await islet.receive(zoe.feature("Add", "\"\(zoe.noteID(number))\""), from: zoe)
                        == .accepted)
            }
            try await pond.settle()
            #expect(Set(try islet.pins(of: zoe)) == [zoe.noteID(1), zoe.noteID(2)])
            try await islet.receive(zoe.feature("Remove", "\"\(zoe.noteID(1))\""), from: zoe)
            #expect(try islet.pins(of: zoe) == [zoe.noteID(2)])
        }
    }

    @Test func `only their own posts in their own collection`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await islet(pond)
            let yan = zoe.host.resident("yan")
            try await islet.receive(yan.create(1, yan.note(1, to: [islet.identity.actor])), from: yan)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            let post = try await islet.post("Mine")
            for add in [
                zoe.feature("Add", "\"\(yan.noteID(1))\""), zoe.feature("Add", "\"\(islet.uri(post))\""),
                zoe.feature("Add", "\"\(zoe.noteID(1))\"", target: "\(zoe.id)/collections/other"),
                zoe.feature("Add", "\"\(zoe.noteID(1))\"", target: islet.identity.featured),
            ] {
                #expect(try await islet.receive(add, from: zoe) == .accepted)
            }
            try await pond.settle()
            #expect(try islet.pins(of: zoe).isEmpty && islet.pins(of: yan).isEmpty)
            #expect(try islet.read { try Pins.of(islet.identity.owner, in: $0) }.isEmpty)
        }
    }

    @Test func `twenty pins are kept, the newest`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await islet(pond)
            for number in 1...22 {
                try await islet.receive(zoe.create(number, zoe.note(number)), from: zoe)
                try await islet.receive(zoe.feature("Add", "\"\(zoe.noteID(number))\""), from: zoe)
            }
            let pins = try islet.pins(of: zoe)
            #expect(pins.count == 20)
            #expect(pins.contains(zoe.noteID(22)))
        }
    }

    @Test func `hashtags are featured and taken away`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await islet(pond)
            let row = try islet.row(zoe)
            for name in ["#Cats", "dogs", ""] {
                try await islet.receive(
                    zoe.feature("Add", ##"{"type":"Hashtag","name":"\##(name)"}"##), from: zoe)
            }
            #expect(Set(try islet.read { try FeaturedTags.of(row, in: $0) }) == ["cats", "dogs"])
            try await islet.receive(zoe.feature("Remove", ##"{"type":"Hashtag","name":"#cATS"}"##), from: zoe)
            #expect(try islet.read { try FeaturedTags.of(row, in: $0) } == ["dogs"])
        }
    }
}
