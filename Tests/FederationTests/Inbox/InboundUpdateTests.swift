import Basics
import Crypto
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundUpdateTests {
    @Test func `a changed profile is fetched, not taken from the activity`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            _ = await islet.resolver.account(uri: zoe.id)
            zoe.publish(displayName: "Zoe the Second")
            let update = zoe.activity("Update", zoe.document(key: TestKeys.other, displayName: "Forged"))
            #expect(try await islet.receive(update, from: zoe) == .accepted)
            // It was read a moment ago, and is not read again at once.
            #expect(try await islet.receive(update, from: zoe) == .accepted)
            #expect(try islet.read { try Inbound.count(in: $0) } == 1)
            try await pond.pass(.minutes(6))
            #expect(try islet.actor(zoe.id)?.name == "Zoe the Second")
            #expect(try islet.actor(zoe.id)?.keyPEM == TestKeys.common.publicPEM)
        }
    }

    @Test func `nobody changes another's post or profile`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let others = [zoe.host.resident("yan"), pond.stranger("evil.example").resident("eve")]
            try await islet.receive(zoe.create(1, zoe.note(1, "Mine", to: [islet.identity.actor])), from: zoe)
            let edit = zoe.note(
                1, "Yours", to: [islet.identity.actor], more: #","updated":"2024-01-02T03:03:30Z""#)
            for other in others {
                _ = await islet.resolver.account(uri: other.id)
                for object in [edit, zoe.document(displayName: "Forged")] {
                    #expect(
                        try await islet.receive(other.activity("Update", object), from: other) == .accepted)
                }
            }
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>Mine</p>")
            #expect(try islet.actor(zoe.id)?.name == "zoe")
        }
    }

    @Test func `an Update without a newer date is no edit`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.receive(zoe.create(1, zoe.note(1, "One", to: [islet.identity.actor])), from: zoe)
            try await islet.receive(
                zoe.activity("Update", zoe.note(1, "Two", to: [islet.identity.actor])), from: zoe)
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>One</p>")
        }
    }
}
