import HTTP
import Testing

@Suite struct BodyStreamTests {
    @Test func `pieces come in order, then nothing for ever`() async throws {
        let stream = BodyStream.of([[1], [2, 3]])
        #expect(try await stream.next() == [1])
        #expect(try await stream.next() == [2, 3])
        #expect(try await stream.next() == nil)
        #expect(try await stream.next() == nil)
    }

    @Test func `what the source throws comes through`() async {
        let stream = BodyStream { throw BodyError.timedOut }
        await #expect(throws: BodyError.timedOut) { try await stream.next() }
    }
}
