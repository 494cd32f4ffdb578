import TestSupport
import Testing

/// Every document of real servers that there is, through the inbox or whatever else would read it.
@Suite(.enabled(if: SampleFolder.isThere, "the folder of samples is not there"))
struct SampleTests {
    @Test(arguments: SampleTable.all)
    func `a real document is stored and shown as it should be`(sample: Sample) async throws {
        try await Pond.with { pond in
            let faults = try SampleCheck.faults(of: await SampleRun(sample, pond))
            #expect(faults.isEmpty, "\(sample.file): \(faults.joined(separator: "; "))")
        }
    }

    @Test func `every sample has its row`() {
        #expect(SampleTable.all.map(\.file).sorted() == SampleFolder.all)
    }
}
