import JSON
import Testing

@testable import ActivityPub

/// Every field of every sample, one at a time, taken away or put into another shape: the readers must neither stop
/// the program nor take what they did not take before for an actor of somebody else.
@Suite(.enabled(if: Samples.areThere, "the folder of samples is not there"))
struct SampleMutationTests {
    private static let shapes = [
        "null", "-1e99", #""""#, "[]", "{}", #"[null,{"id":{}},[[]],{"type":7,"href":[]}]"#,
    ]

    @Test(arguments: Array(Set(Samples.all.map { String($0.prefix { $0 != "/" }) })).sorted())
    func `no shape of any field stops a reader`(software: String) throws {
        var read = 0
        for path in Samples.all where path.hasPrefix(software + "/") {
            // One of the samples names a key twice and is refused as a whole.
            guard let value = try? Samples.value(path), value.kind == .object else { continue }
            let members = value.members
            for index in members.indices {
                let raw = text(Array(members[index].value.rawBytes))
                for shape in Self.shapes + [nil, "[\(raw)]"] {
                    let changed = try Document(Self.object(members, replacing: index, with: shape)).root
                    try readEverything(changed)
                    read += 1
                }
            }
            if let object = value["object"], object.kind == .object { try readEverything(object) }
        }
        #expect(read > 0)
    }

    private func readEverything(_ value: JSONValue) throws {
        let activity = Activity(value)
        readNote(value)
        readCollection(value)
        _ = QuoteAuthorizationDocument(value)
        if let policy = InteractionPolicy(value) {
            _ = policy.verdict(
                for: .quote, actor: "x", author: "y", followers: nil, following: nil, isFollower: true,
                isFollowed: true)
        }
        _ = JRD(value)?.actor
        _ = NodeInfo(value)
        if let activity {
            _ = activity.result ?? activity.reaction ?? activity.instrument?.firstID
            for object in activity.objects { readNote(object) }
            _ = activity.objectActivity?.objectActivity?.objects
        }
        do {
            #expect(try ActorDocument(value, id: "https://nobody.example/").id == "https://nobody.example/")
        } catch {
            // Nobody is found under this id; that is what is expected.
        }
        guard let id = value["id"]?.string, let actor = try? ActorDocument(value, id: id) else { return }
        #expect(actor.id == id && !actor.inbox.isEmpty)
        #expect(actor.publicKey.map { $0.owner == id } ?? true)
    }

    private func readNote(_ value: JSONValue) {
        guard let note = NoteDocument(value) else { return }
        #expect(note.quote.map { ObjectID.origin(of: $0) != nil } ?? true)
        _ = note.quoteAuthorization ?? note.approvedBy ?? note.location ?? note.previewContent
        _ = note.interactionPolicy
        _ = note.isVote || note.isPollClosed(at: 0)
        #expect((note.likesCount ?? 0) >= 0 && (note.sharesCount ?? 0) >= 0 && note.audience.count <= 32)
        if let replies = note.replies?.document { readParts(replies) }
    }

    private func readCollection(_ value: JSONValue) {
        guard let collection = CollectionDocument(value) else { return }
        readParts(collection)
    }

    private func readParts(_ collection: CollectionDocument) {
        #expect(collection.itemIDs.count <= CollectionDocument.mostItems && (collection.totalItems ?? 0) >= 0)
        _ = collection.next ?? collection.attributedTo ?? collection.partOf
        _ = collection.firstPage?.firstPage?.itemIDs
    }

    private static func object(
        _ members: [(key: String, value: JSONValue)], replacing index: Int, with shape: String?
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.object {
            for (position, member) in members.enumerated() {
                guard position == index else {
                    $0.raw(member.key, member.value.rawBytes)
                    continue
                }
                if let shape { $0.raw(member.key, Array(shape.utf8)) }
            }
        }
        return writer.bytes
    }
}
