import HTTP
import Testing

@Suite struct RequestBodyTests {
    @Test func `a body is gathered up to its limit`() async throws {
        let bodies: [RequestBody] = [.bytes([1, 2, 3]), .stream(.of([[1], [], [2, 3]]))]
        for body in bodies {
            #expect(try await body.collect(limit: 3) == [1, 2, 3])
        }
    }

    @Test func `a body beyond its limit is refused`() async {
        for body in [RequestBody.bytes([1, 2, 3]), .stream(.of([[1], [2, 3]]))] {
            await #expect(throws: BodyError.tooLarge(limit: 2)) { try await body.collect(limit: 2) }
        }
    }

    @Test func `pulling stops at the limit`() async {
        let endless = RequestBody.stream(BodyStream { [UInt8](repeating: 0, count: 100) })
        await #expect(throws: BodyError.tooLarge(limit: 1_000)) { try await endless.collect(limit: 1_000) }
    }

    @Test func `any other failure counts as a disconnection`() async {
        struct Odd: Error {}
        let body = RequestBody.stream(BodyStream { throw Odd() })
        await #expect(throws: BodyError.disconnected) { try await body.collect(limit: 1) }
    }

    @Test(arguments: [
        (BodyError.tooLarge(limit: 1), 413), (.malformed, 400), (.timedOut, 408), (.disconnected, 400),
    ])
    func `every failure has its answer`(error: BodyError, code: Int) {
        #expect(error.status.code == code)
    }
}
