import ActivityPub
import Foundation
import HTTP
import JSON
import Storage
import Testing

@testable import TestSupport

/// Real documents with one field spoilt: whatever it is, a post is shown or it is not, and nothing piles up.
///
/// This is a tenth of what `Tests/Protocols/check_mutations.py` does to the program.
@Suite(.enabled(if: SampleFolder.isThere, "the folder of samples is not there"))
struct MutationTests {
    @Test func `no spoilt field of a real document breaks anything`() async throws {
        try await Pond.with { pond in
            let world = try await SampleWorld(pond, isRunning: false)
            var victims: [MutationVictim] = []
            for sample in SampleTable.all {
                if let victim = try await MutationVictim(sample, in: world) { victims.append(victim) }
            }
            let islet = world.islet
            let before = try islet.read { try Statuses.count(in: $0) }
            let tally = MutationTally(victims)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        while let victim = tally.next() { await victim.spoil(at: islet, tally) }
                    }
                }
            }
            let result = tally.result
            #expect(
                result.wrong.isEmpty, "\(result.wrong.count) of \(result.count): \(result.wrong.prefix(20))")
            #expect(result.count > 4_000)
            #expect(result.shown > result.count / 4, "only \(result.shown) of \(result.count)")
            #expect(result.refused > result.count / 20, "only \(result.refused) of \(result.count)")
            // Every post was taken away again. A boost is a row of its own.
            #expect(try islet.read { try Statuses.count(in: $0) } - before <= 20)
            let size = try MutationTests.size(of: islet.folder)
            #expect(size < 8_000_000, "\(size) bytes")
        }
    }

    private static func size(of folder: URL) throws -> Int {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.fileSizeKey])
            .reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
    }
}
