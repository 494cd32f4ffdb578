import ActivityPub
package import Crypto
import HTTP

/// Somebody who lives at a stranger's.
package struct StrangerActor: Sendable {
    package let host: Stranger
    package let name: String
    package let sharesInbox: Bool
    package let isLocked: Bool

    package var id: String { "\(host.origin)/users/\(name)" }
    package var keyID: String { "\(id)#main-key" }
    package var inbox: String { "\(id)/inbox" }
    package var followers: String { "\(id)/followers" }
    package var handle: String { "\(name)@\(host.host)" }

    /// Serves the actor's document and WebFinger answer.
    package func publish(key: RSAPrivateKey = TestKeys.common, displayName: String? = nil) {
        host.serve("/users/\(name)", document(key: key, displayName: displayName))
        host.serve(
            "/.well-known/webfinger?resource=\(PercentCoding.encodeQuery("acct:\(handle)"))",
            WrittenJSON.webFinger(subject: "acct:\(handle)", actor: id), type: "application/jrd+json")
    }

    package func document(key: RSAPrivateKey = TestKeys.common, displayName: String? = nil) -> String {
        let shared = sharesInbox ? #","endpoints":{"sharedInbox":"\#(host.origin)/inbox"}"# : ""
        return """
            {"id":"\(id)","type":"Person","preferredUsername":"\(name)","name":\(WrittenJSON.quoted(displayName ?? name)),
             "inbox":"\(inbox)","outbox":"\(id)/outbox","followers":"\(followers)","following":"\(id)/following",
             "manuallyApprovesFollowers":\(isLocked),"url":"\(host.origin)/@\(name)"\(shared),
             "publicKey":{"id":"\(keyID)","owner":"\(id)","publicKeyPem":\(WrittenJSON.quoted(key.publicPEM))}}
            """
    }

    /// An activity of this actor's; `object` is JSON.
    package func activity(_ type: String, _ object: String, number: Int = 1, id: String? = nil) -> String {
        """
        {"id":"\(id ?? "\(self.id)#\(type.lowercased())/\(number)")","type":"\(type)","actor":"\(self.id)","object":\(object)}
        """
    }

    /// An activity about an address.
    package func activity(_ type: String, about uri: String, number: Int = 1, to: [String] = []) -> String {
        let activity = activity(type, "\"\(uri)\"", number: number)
        return to.isEmpty ? activity : activity.dropLast() + #","to":\#(WrittenJSON.list(to))}"#
    }

    package func noteID(_ number: Int) -> String { "\(id)/statuses/\(number)" }

    /// A note of this actor's.
    ///
    /// - Parameter more: further members, beginning with a comma.
    package func note(
        _ number: Int, _ content: String = "Hello", to: [String] = [Vocabulary.everybody],
        cc: [String]? = nil,
        inReplyTo: String? = nil, more: String = ""
    ) -> String {
        let parent = inReplyTo.map { #","inReplyTo":"\#($0)""# } ?? ""
        return """
            {"id":"\(noteID(number))","type":"Note","attributedTo":"\(id)","content":\(WrittenJSON.quoted("<p>\(content)</p>")),
             "published":"2024-01-02T03:0\(number % 4):00Z","to":\(WrittenJSON.list(to)),
             "cc":\(WrittenJSON.list(cc ?? [followers]))\(parent)\(more)}
            """
    }

    /// The Create of a note.
    package func create(_ number: Int, _ note: String) -> String {
        activity("Create", note, id: "\(noteID(number))/activity")
    }
}
