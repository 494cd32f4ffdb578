import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport

/// A sample with all that is needed to deliver it again and again, each time with another field spoilt.
struct MutationVictim: Sendable {
    /// How it gets to the islet.
    private enum Way: Sendable {
        /// As an activity; the number is where the digits are that make its id another one each time.
        case activity(number: Int?)
        /// Within an activity of this type.
        case object(in: String)
        /// Nobody signs it, because it is no activity, however it is spoilt.
        case document
        /// It is fetched from here.
        case profile(Stranger, path: String, id: String)
    }

    private static let digits = 6

    private let file: String
    private let document: [UInt8]
    private let way: Way
    private let sender: String
    /// The post that it may leave.
    private let object: String

    /// What is needed so that the sample as it is would have its effect; nil for what is no JSON to spoil.
    init?(_ sample: Sample, in world: SampleWorld) async throws {
        file = sample.file
        world.turnPage()
        for given in sample.given {
            switch given {
            case .after, .afterCreate, .has, .asked: break
            default: try await world.prepare(given, for: sample)
            }
        }
        let text = try world.text(sample.file)
        guard let value = try? Document(Array(text.utf8)).root else { return nil }
        let id = (value["id"] ?? value["@id"])?.string ?? ""
        switch sample.feed {
        case .activity:
            sender = value["actor"]?.firstID ?? ""
            object = value["object"]?.firstID ?? ""
            (document, way) = MutationVictim.numbered(text, value)
        case .object(let type):
            sender = SampleWorld.author(of: value) ?? ""
            object = id
            (document, way) = (Array(text.utf8), .object(in: type))
        case .foreign(let type, let actor):
            (sender, object) = (actor, id)
            (document, way) = (Array(text.utf8), .object(in: type))
        case .actor:
            guard let url = WebURL(id) else { return nil }
            (sender, object) = (id, id)
            (document, way) = (
                Array(text.utf8), .profile(world.host(url.authority), path: url.requestTarget, id: id)
            )
        case .document, .address, .handle:
            sender = "https://bystander.example/users/ned"
            object = id
            (document, way) = (Array(text.utf8), .document)
        }
        world.populate(sender)
    }

    /// Makes room for a number in the id of an activity, because the second arrival of an id does nothing.
    private static func numbered(_ text: String, _ value: JSONValue) -> ([UInt8], Way) {
        var document = Array(text.utf8)
        guard let id = value["id"], id.kind == .string else { return (document, .activity(number: nil)) }
        let end = id.rawBytes.endIndex - 1
        document.insert(contentsOf: [UInt8](repeating: UInt8(ascii: "0"), count: digits), at: end)
        return (document, .activity(number: end))
    }

    /// Delivers it once for each of its mutations that is of the tenth.
    func spoil(at islet: Islet, _ tally: MutationTally) async {
        for (number, mutation) in Mutation.all(of: document).enumerated()
        where mutation.isOfTheTenth(of: file) {
            var fault: String?
            var isShown = false
            var isRefused = false
            do {
                if case .profile(let host, let path, let id) = way {
                    host.serve(path, String(decoding: mutation.applied(to: document), as: UTF8.self))
                    fault = try await look(at: id, islet, &isShown)
                } else {
                    let code = try await deliver(mutation, number, to: islet)
                    isRefused = code != 202
                    fault = [202, 400, 401, 403, 413].contains(code) ? nil : "\(code)"
                    isShown = try await MutationVictim.take(object, from: islet)
                }
            } catch {
                fault = "\(error)"
            }
            let line = fault.map { "\(file)\(mutation.path) \(mutation.kind.rawValue): \($0)" }
            tally.add(isShown: isShown, isRefused: isRefused, fault: line)
        }
    }

    private func deliver(_ mutation: Mutation, _ number: Int, to islet: Islet) async throws -> Int {
        var body = document
        if case .activity(let place?) = way {
            for (offset, digit) in String(1_000_000 + number).utf8.dropFirst().enumerated() {
                body[place + offset] = digit
            }
        }
        body = mutation.applied(to: body)
        if case .object(let type) = way {
            let text = String(decoding: body, as: UTF8.self)
            body = Array(SampleWorld.wrap(text, in: type, by: sender, number: number).utf8)
        }
        guard let url = WebURL(islet.identity.inbox) else { return 0 }
        if case .document = way {
            let unsigned = Request(
                .post, url.requestTarget, fields: ["Host": url.authority], body: .bytes(body))
            return await islet.answer(unsigned).status.code
        }
        let post = SignedPost(to: url, body: body, keyID: sender + "#main-key", at: islet.clock.now())
        return await islet.answer(try post.request()).status.code
    }

    /// Whether the post is there now; it is not afterwards, so that the next one can come.
    private static func take(_ uri: String, from islet: Islet) async throws -> Bool {
        guard let status = try islet.status(uri) else { return false }
        try await islet.store.write { tx in try Statuses.delete(status.id, in: tx) }
        return true
    }

    /// Fetches the profile; it is believed only if it is about whom it should be.
    private func look(at id: String, _ islet: Islet, _ isShown: inout Bool) async throws -> String? {
        guard case .success(let row) = await islet.actors.refresh(id) else { return nil }
        isShown = true
        guard let actor = try islet.read({ try Actors.find(row, in: $0) }) else { return "it is not stored" }
        if actor.uri != id { return "it became \(actor.uri)" }
        if actor.username.isEmpty || actor.inbox == nil { return "it has no name or no inbox" }
        return nil
    }
}
