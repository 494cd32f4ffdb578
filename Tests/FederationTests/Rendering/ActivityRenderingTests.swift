import Basics
import Federation
import Storage
import Testing

struct ActivityRenderingTests {
    private let rendering = ActivityRendering(
        identity: Identity(
            origin: "https://islet.example", host: "islet.example", accountDomain: "islet.example",
            username: "me",
            owner: ActorID(1)))
    private static let head = #"{"@context":"https://www.w3.org/ns/activitystreams","#
    private static let actor = #""actor":"https://islet.example/users/me","#
    private let note = Array(#"{"id":"n","sensitive":false}"#.utf8)

    @Test func `Create`() {
        var status = Storage.Status(
            uri: "https://islet.example/users/me/statuses/1", actor: ActorID(1),
            createdAt: Timestamp(milliseconds: 1_704_164_645_678), visibility: .public)
        status.id = StatusID(1)
        #expect(
            text(rendering.create(status: status, note: note, to: ["a"], cc: ["b"]))
                == #"{"@context":["https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive"}],"#
                + #""id":"https://islet.example/users/me/statuses/1/activity","type":"Create","# + Self.actor
                + #""to":["a"],"cc":["b"],"published":"2024-01-02T03:04:05Z","object":{"id":"n","sensitive":false}}"#
        )
    }

    @Test func `Update of a post`() {
        #expect(
            text(rendering.update(note: note, id: "u", to: ["a"], cc: [], at: 1_704_164_645_000))
                == #"{"@context":["https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive"}],"id":"u","type":"Update","#
                + Self.actor
                + #""to":["a"],"cc":[],"published":"2024-01-02T03:04:05Z","object":{"id":"n","sensitive":false}}"#
        )
    }

    @Test func `Delete`() {
        #expect(
            text(rendering.delete(statusURI: "s", to: ["a"], cc: []))
                == Self.head + #""id":"s#delete","type":"Delete","# + Self.actor
                + #""to":["a"],"cc":[],"object":{"id":"s","type":"Tombstone"}}"#)
    }

    @Test func `Follow`() {
        #expect(
            text(rendering.follow(id: "f", target: "t"))
                == Self.head + #""id":"f","type":"Follow","# + Self.actor
                + #""to":["t"],"cc":[],"object":"t"}"#)
    }

    @Test func `Accept and Reject embed the Follow`() {
        let rest =
            Self.actor + #""to":["b"],"cc":[],"object":{"id":"f","type":"Follow","actor":"b","#
            + #""object":"https://islet.example/users/me"}}"#
        #expect(
            text(rendering.accept(id: "x", follow: (id: "f", actor: "b")))
                == Self.head + #""id":"x","type":"Accept","# + rest)
        #expect(
            text(rendering.reject(id: "x", follow: (id: "f", actor: "b")))
                == Self.head + #""id":"x","type":"Reject","# + rest)
    }

    @Test func `Undo embeds the activity without its context`() {
        let follow = rendering.follow(id: "f", target: "t")
        #expect(
            text(rendering.undo(id: "x", inner: follow, to: ["t"], cc: []))
                == Self.head + #""id":"x","type":"Undo","# + Self.actor
                + #""to":["t"],"cc":[],"object":{"id":"f","type":"Follow","# + Self.actor
                + #""to":["t"],"cc":[],"object":"t"}}"#)
        #expect(
            text(rendering.undo(id: "x", inner: note, to: [], cc: []))?.hasSuffix(
                #""object":{"id":"n","sensitive":false}}"#) == true)
    }

    @Test func `Like`() {
        #expect(
            text(rendering.like(id: "l", object: "o", to: ["b"]))
                == Self.head + #""id":"l","type":"Like","# + Self.actor + #""to":["b"],"cc":[],"object":"o"}"#
        )
    }

    @Test func `Announce`() {
        #expect(
            text(rendering.announce(id: "b", object: "o", published: 1_704_164_645_000, to: ["a"], cc: ["c"]))
                == Self.head + #""id":"b","type":"Announce","# + Self.actor
                + #""to":["a"],"cc":["c"],"published":"2024-01-02T03:04:05Z","object":"o"}"#)
    }

    @Test func `Block`() {
        #expect(
            text(rendering.block(id: "b", target: "t"))
                == Self.head + #""id":"b","type":"Block","# + Self.actor
                + #""to":["t"],"cc":[],"object":"t"}"#)
    }

    @Test func `Update of the profile goes to everybody`() {
        let update = text(rendering.updateProfile(id: "u", actor: Array(#"{"id":"p"}"#.utf8)))
        #expect(
            update?.hasSuffix(
                #""id":"u","type":"Update","# + Self.actor
                    + #""to":["https://www.w3.org/ns/activitystreams#Public"],"#
                    + #""cc":["https://islet.example/users/me/followers"],"object":{"id":"p"}}"#) == true)
        #expect(update?.contains("https://w3id.org/security/v1") == true)
    }
}
