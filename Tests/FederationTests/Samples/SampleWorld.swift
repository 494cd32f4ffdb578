import ActivityPub
import Basics
import Crypto
import Federation
import Foundation
import HTTP
import JSON
import Storage
import TestSupport

/// An islet and the hosts that a sample names, which come into being when they are needed.
final class SampleWorld {
    let pond: Pond
    let islet: Islet
    private(set) var ownPost: StatusID?
    private(set) var hosts: [String: Stranger] = [:]
    private var served: Set<String> = []
    private var replacements: [(String, String)] = []

    init(_ pond: Pond, isRunning: Bool = true) async throws {
        self.pond = pond
        islet = try await pond.islet(isRunning: isRunning)
    }

    /// Forgets what was replaced for the sample before.
    func turnPage() {
        replacements = []
    }

    func host(_ name: String) -> Stranger {
        if let known = hosts[name] { return known }
        let host = pond.stranger(name)
        hosts[name] = host
        return host
    }

    func serve(_ document: String, at address: String, type: String = "application/activity+json") {
        guard let url = WebURL(address) else { return }
        served.insert(address)
        host(url.authority).serve(url.requestTarget, document, type: type)
    }

    /// Somebody at this address, unless a sample says more about them.
    func populate(_ id: String) {
        guard !served.contains(id), let url = WebURL(id) else { return }
        let name = url.path.split(separator: "/").last.map { String($0) } ?? url.host
        let isGroup = id.contains("/c/") || id.contains("-channels/")
        serve(
            """
            {"id":"\(id)","type":"\(isGroup ? "Group" : "Person")","preferredUsername":"\(name)",
             "inbox":"\(id)/inbox","outbox":"\(id)/outbox","followers":"\(id)/followers",
             "publicKey":{"id":"\(id)#main-key","owner":"\(id)",
             "publicKeyPem":\(WrittenJSON.quoted(TestKeys.common.publicPEM))}}
            """, at: id)
    }

    /// A sample with what is the owner's in the place of what concerned somebody else.
    func text(_ file: String) throws -> String {
        try replacements.reduce(SampleFolder.text(file)) { $0.replacing($1.0, with: $1.1) }
    }

    /// Delivers an activity, signed by this actor.
    func deliver(_ activity: String, by actor: String) async throws -> Int {
        populate(actor)
        guard let url = WebURL(islet.identity.inbox) else { return 0 }
        let post = SignedPost(
            to: url, body: Array(activity.utf8), keyID: actor + "#main-key", at: islet.clock.now())
        let status = await islet.answer(try post.request()).status
        try await pond.settle()
        return status.code
    }

    /// An object within an activity; both by the object's author unless somebody else brings it.
    static func wrap(_ object: String, in type: String, by actor: String, number: Int = 1) -> String {
        #"{"id":"\#(actor)#wrapped/\#(type)/\#(number)","type":"\#(type)","actor":"\#(actor)","object":\#(object)}"#
    }

    /// Who answers for an object: the first person of `attributedTo`.
    static func author(of value: JSONValue?) -> String? {
        guard let authors = value?["attributedTo"] ?? value?["actor"] else { return nil }
        let people = authors.asArray.filter { !$0.has(type: "Group") }
        return (people.first ?? authors.asArray.first)?.firstID
    }

    // MARK: - Before the sample

    func prepare(_ given: Given, for sample: Sample) async throws {
        let folder = String(sample.file.prefix { $0 != "/" })
        switch given {
        case .replacing(let text, let own): try await replace(text, with: own)
        case .fresh(let date): replacements.append((date, "2024-01-02T03:00:00Z"))
        case .followsAuthor:
            let document = try Document(Array(text(sample.file).utf8)).root
            if let author = SampleWorld.author(of: document) { try await follow(author, isAccepted: true) }
        case .follows(let actor): try await follow(actor, isAccepted: true)
        case .asked(let actor): try await follow(actor, isAccepted: false)
        case .followed(let actor):
            let row = try await known(actor)
            try await islet.store.write { [owner = islet.identity.owner] tx in
                _ = try Followers.insert(row, uri: actor + "#follows/2", owner: owner, in: tx)
            }
        case .known(let actor): _ = try await known(actor)
        case .lives(let actor): populate(actor)
        case .finger(let handle, let actor, let name):
            let host = handle.split(separator: "@").last.map { String($0) } ?? ""
            self.host(host).serve(
                "/.well-known/webfinger?resource=\(PercentCoding.encodeQuery("acct:\(handle)"))",
                WrittenJSON.webFinger(subject: "acct:\(name)", actor: actor), type: "application/jrd+json")
        case .has(let uri, let actor):
            try await follow(actor, isAccepted: true)
            let note = SampleWorld.note(uri, by: actor, "Was here before")
            _ = try await deliver(SampleWorld.wrap(note, in: "Create", by: actor, number: 0), by: actor)
        case .after(let file):
            let text = try text("\(folder)/\(file).json")
            let actor = try Document(Array(text.utf8)).root["actor"]?.firstID
            _ = try await deliver(text, by: actor ?? "")
        case .afterCreate(let file):
            let text = try text("\(folder)/\(file).json")
            let actor = SampleWorld.author(of: try Document(Array(text.utf8)).root) ?? ""
            _ = try await deliver(SampleWorld.wrap(text, in: "Create", by: actor, number: 0), by: actor)
        case .serves(let file, let part):
            try serve(part, of: file.contains("/") ? "\(file).json" : "\(folder)/\(file).json")
        case .servesAt(let address, let file): serve(try text("\(folder)/\(file).json"), at: address)
        case .says(let uri, let actor, let words):
            populate(actor)
            serve(SampleWorld.note(uri, by: actor, words), at: uri)
        }
    }

    private static func note(_ uri: String, by actor: String, _ words: String) -> String {
        """
        {"id":"\(uri)","type":"Note","attributedTo":"\(actor)","content":"<p>\(words)</p>",
         "published":"2019-01-01T00:00:00Z","to":["\(Vocabulary.everybody)"],"cc":["\(actor)/followers"]}
        """
    }

    private func serve(_ part: [String], of file: String) throws {
        let whole = try Document(Array(text(file).utf8)).root
        let value = part.reduce(Optional(whole)) { $0?[$1] }
        guard let value, let id = value["id"]?.string else { return }
        if let author = SampleWorld.author(of: value) { populate(author) }
        serve(String(decoding: value.rawBytes, as: UTF8.self), at: id)
    }

    private func replace(_ text: String, with own: Given.Own) async throws {
        if case .actor = own { return replacements.append((text, islet.identity.actor)) }
        if ownPost == nil { ownPost = try await islet.post("Here I am") }
        guard let ownPost else { return }
        if case .poll(let options) = own {
            try await SampleTables.ask(options, at: ownPost, of: islet)
        }
        replacements.append((text, islet.identity.status(ownPost)))
    }

    private func known(_ actor: String) async throws -> ActorID {
        populate(actor)
        return try await islet.actors.id(actor).get()
    }

    private func follow(_ actor: String, isAccepted: Bool) async throws {
        let row = try await known(actor)
        try await islet.store.write { [owner = islet.identity.owner] tx in
            try Following.request(
                row, uri: "https://islet.example/activities/follow-\(row)", reblogs: true, notify: false,
                in: tx)
            if isAccepted { _ = try Following.accept(row, owner: owner, in: tx) }
        }
    }
}
