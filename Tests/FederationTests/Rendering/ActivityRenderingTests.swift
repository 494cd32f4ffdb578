import ActivityPub
import Basics
import Federation
import Storage
import Testing

struct ActivityRenderingTests {
    private static let identity = Identity(
        origin: "https://islet.example", host: "islet.example", accountDomain: "islet.example",
        username: "me", owner: ActorID(1), mediaSecret: Array("secret".utf8))
    private let rendering = ActivityRendering(identity: identity)
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
        let follow = rendering.embedded.follow(id: "f", target: "t")
        #expect(
            text(rendering.undo(id: "x", inner: follow, to: ["t"], cc: []))
                == Self.head + #""id":"x","type":"Undo","# + Self.actor
                + #""to":["t"],"cc":[],"object":{"id":"f","type":"Follow","# + Self.actor
                + #""to":["t"],"cc":[],"object":"t"}}"#)
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
        let actor = ActorRendering.Rendered(bytes: Array(#"{"id":"p"}"#.utf8), context: .security)
        #expect(
            text(rendering.updateProfile(id: "u", actor: actor))
                == #"{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],"#
                + #""id":"u","type":"Update","# + Self.actor
                + #""to":["https://www.w3.org/ns/activitystreams#Public"],"#
                + #""cc":["https://islet.example/users/me/followers"],"object":{"id":"p"}}"#)
    }

    @Test func `Add and Remove name the featured collection`() {
        let rest =
            Self.actor + #""to":["https://www.w3.org/ns/activitystreams#Public"],"#
            + #""cc":["https://islet.example/users/me/followers"],"object":"#
        let target = #","target":"https://islet.example/users/me/collections/featured"}"#
        #expect(
            text(rendering.add(id: "a", .post("p")))
                == Self.head + #""id":"a","type":"Add","# + rest + #""p""# + target)
        #expect(
            text(rendering.remove(id: "a", .hashtag(name: "#Tag", href: "h")))
                == #"{"@context":["https://www.w3.org/ns/activitystreams",{"Hashtag":"as:Hashtag"}],"id":"a","type":"Remove","#
                + rest + ##"{"type":"Hashtag","href":"h","name":"#Tag"}"## + target)
    }

    @Test func `Move`() {
        #expect(
            text(rendering.move(id: "m", target: "t"))
                == Self.head + #""id":"m","type":"Move","# + Self.actor
                + #""to":["https://islet.example/users/me/followers"],"cc":[],"#
                + #""object":"https://islet.example/users/me","target":"t"}"#)
    }

    @Test func `Delete of the account`() {
        #expect(
            text(rendering.deleteActor())
                == Self.head + #""id":"https://islet.example/users/me#delete","type":"Delete","# + Self.actor
                + #""to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"#
                + #""object":"https://islet.example/users/me"}"#)
    }

    @Test func `Flag is the server's own`() {
        #expect(
            text(rendering.flag(id: "f", account: "a", objects: ["a", "p"], content: "spam"))
                == Self.head
                + #""id":"f","type":"Flag","actor":"https://islet.example/actor","to":["a"],"cc":[],"#
                + #""object":["a","p"],"content":"spam"}"#)
    }

    @Test func `a vote is a note with a name and no text`() {
        #expect(
            text(rendering.vote(id: "v", option: "Yes", poll: "q", author: "a"))
                == Self.head + #""id":"v","type":"Create","# + Self.actor
                + #""to":["a"],"cc":[],"object":{"id":"v/vote","type":"Note","#
                + #""attributedTo":"https://islet.example/users/me","name":"Yes","inReplyTo":"q","to":["a"]}}"#
        )
    }

    @Test func `asking to quote, and answering`() {
        let request = #""https://w3id.org/fep/044f#QuoteRequest""#
        let context =
            #"{"@context":["https://www.w3.org/ns/activitystreams",{"QuoteRequest":"# + request + "}],"
        #expect(
            text(rendering.quoteRequest(id: "r", quoted: "q", note: Array(#"{"id":"n"}"#.utf8), author: "a"))
                == context + #""id":"r","type":"QuoteRequest","# + Self.actor
                + #""to":["a"],"cc":[],"object":"q","instrument":{"id":"n"}}"#)
        let wish = ActivityRendering.QuoteWish(request: "r", actor: "b", quoted: "q", quoting: "n")
        let rest =
            Self.actor + #""to":["b"],"cc":[],"object":{"id":"r","type":"QuoteRequest","actor":"b","#
            + #""object":"q","instrument":"n"}"#
        #expect(
            text(rendering.acceptQuote(id: "x", wish, stamp: "s"))
                == context + #""id":"x","type":"Accept","# + rest + #","result":"s"}"#)
        #expect(
            text(rendering.rejectQuote(id: "x", wish)) == context + #""id":"x","type":"Reject","# + rest + "}"
        )
        #expect(
            text(rendering.deleteStamp("s"))
                == Self.head + #""id":"s#delete","type":"Delete","# + Self.actor
                + #""to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"object":"s"}"#)
    }

    @Test func `what is for everybody carries a proof, and nothing else does`() {
        let proving = ActivityRendering(
            identity: Self.identity, prove: { $0.dropLast() + Array(#","proof":{}}"#.utf8) })
        let everybody = "https://www.w3.org/ns/activitystreams#Public"
        let context =
            #"["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2"]"#
        for cc in [["a"], [everybody]] {
            let isOpen = cc == [everybody]
            let announce = text(proving.announce(id: "b", object: "o", published: 0, to: ["c"], cc: cc))
            #expect(announce?.hasSuffix(#","proof":{}}"#) == isOpen)
            #expect(announce?.contains(context) == isOpen)
        }
        let inner = proving.embedded.announce(id: "b", object: "o", published: 0, to: [everybody], cc: [])
        #expect(text(inner)?.hasPrefix(#"{"id":"b","type":"Announce","#) == true)
        #expect(text(inner)?.contains("proof") == false)
        let undo = text(proving.undo(id: "x", inner: inner, to: [everybody], cc: []))
        #expect(undo?.hasSuffix(#""object":"o"},"proof":{}}"#) == true)
    }
}
