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
        _ = NoteDocument(value)
        _ = JRD(value)?.actor
        _ = NodeInfo(value)
        _ = activity?.object.map { NoteDocument($0) }
        do {
            #expect(try ActorDocument(value, id: "https://nobody.example/").id == "https://nobody.example/")
        } catch {
            // Nobody is found under this id; that is what is expected.
        }
        guard let id = value["id"]?.string, let actor = try? ActorDocument(value, id: id) else { return }
        #expect(actor.id == id && !actor.inbox.isEmpty)
        #expect(actor.publicKey.map { $0.owner == id } ?? true)
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
