import ActivityPub
import Basics
import Federation
import Foundation
import HTTP
import JSON
import Storage
import TestSupport

/// Feeds one sample to a fresh islet.
struct SampleRun {
    let world: SampleWorld
    let sample: Sample
    /// Who brought it, for what is about their host.
    private(set) var sender = ""
    /// The id of what it is about.
    private(set) var object = ""
    private(set) var author = ""
    private(set) var answer = 202
    private(set) var statusesBefore = 0

    init(_ sample: Sample, _ pond: Pond) async throws {
        world = try await SampleWorld(pond)
        self.sample = sample
        // Texts are replaced before anything is made of them.
        let texts = sample.given.filter(SampleRun.isAboutText)
        for given in texts + sample.given.filter({ !SampleRun.isAboutText($0) }) {
            try await world.prepare(given, for: sample)
        }
        statusesBefore = try world.islet.read { try Statuses.count(in: $0) }
        try await feed()
        // A profile is read again at most every five minutes.
        try await world.pond.pass(.minutes(6))
    }

    private static func isAboutText(_ given: Given) -> Bool {
        switch given {
        case .replacing, .fresh: true
        default: false
        }
    }

    private mutating func feed() async throws {
        let text = try world.text(sample.file)
        // One of the samples names a key twice and cannot be read here.
        let value = try? Document(Array(text.utf8)).root
        let id = (value?["id"] ?? value?["@id"])?.string ?? ""
        switch sample.feed {
        case .activity:
            sender = value?["actor"]?.firstID ?? ""
            object = value?["object"]?.firstID ?? ""
            author = value?["object"].flatMap { SampleWorld.author(of: $0) } ?? sender
            answer = try await world.deliver(text, by: sender)
        case .object(let type):
            author = SampleWorld.author(of: value) ?? ""
            sender = author
            object = id
            answer = try await world.deliver(SampleWorld.wrap(text, in: type, by: author), by: author)
        case .foreign(let type, let actor):
            sender = actor
            object = id
            answer = try await world.deliver(SampleWorld.wrap(text, in: type, by: actor), by: actor)
        case .document:
            answer = try await world.deliver(text, by: "https://bystander.example/users/ned")
        case .actor:
            try await lookUp(text, at: id)
        case .address(let address, let type):
            world.serve(text, at: address, type: type)
            object = id
            _ = await world.islet.resolver.lookUp(address)
        case .handle(let handle):
            let host = String(handle.split(separator: "@").last ?? "")
            let wrapped = SampleRun.unwrapped(value)
            world.host(host).serve(
                "/.well-known/webfinger?resource=\(PercentCoding.encodeQuery("acct:\(handle)"))",
                wrapped?.body ?? text, type: "application/jrd+json")
            _ = await world.islet.resolver.account(handle: handle)
        }
    }

    private func lookUp(_ text: String, at id: String) async throws {
        var text = text
        var address = id
        if let (body, _) = SampleRun.unwrapped(try Document(Array(text.utf8)).root) {
            text = body
            address = try Document(Array(body.utf8)).root["id"]?.string ?? ""
        }
        world.serve(text, at: address)
        _ = await world.islet.actors.refresh(address)
    }

    /// What was answered, of the samples that keep a whole answer.
    private static func unwrapped(_ value: JSONValue?) -> (body: String, code: Int)? {
        guard let body = value?["body"]?.string, let code = value?["response"]?.integer("code") else {
            return nil
        }
        return (body, code)
    }
}
