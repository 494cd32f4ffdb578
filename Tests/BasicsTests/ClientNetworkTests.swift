import Basics
import Testing

@Suite struct ClientNetworkTests {
    @Test(arguments: [
        ("192.0.2.1", "::ffff:192.0.2.1", true), ("192.0.2.1", "::ffff:c000:201", true),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false), ("192.0.2.1", "192.0.2.2", false),
        ("2001:db8::1", "2001:DB8:0:0:ffff::2", true), ("2001:db8::1", "2001:db8:0:1::1", false),
        ("unix", "unix", true), ("no: address", "no: other", false), ("", "::", false),
    ])
    func `addresses of one client are one`(one: String, other: String, isSame: Bool) {
        #expect((ClientNetwork.of(one) == ClientNetwork.of(other)) == isSame)
    }
}
