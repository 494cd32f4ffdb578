import HTTP
import Testing

@Suite struct LimitsTests {
    /// What others notice, and FEDERATION.md repeats.
    @Test func `the limits that other servers and apps meet are these`() {
        let limits = Limits.standard
        #expect(limits.requestLine == 8_192 && limits.head == 32_768 && limits.headerCount == 100)
        #expect(limits.bodyInbox == 1_048_576)
        #expect(limits.documentBytes == 1_048_576 && limits.redirects == 3)
        #expect(limits.headTimeout == .seconds(10) && limits.exchange == .seconds(30))
        #expect(limits.webSocketMessage == 65_536)
    }

    @Test func `the parts of a deadline fit into the whole`() {
        let limits = Limits.standard
        #expect(limits.connect + limits.firstByte < limits.exchange)
        #expect(limits.requestLine < limits.head)
        #expect(limits.idlePerHost <= limits.idleInAll)
    }
}
