import HTTP
import Testing

@testable import Net

@Suite struct TrustedProxiesTests {
    private func contains(_ list: String, _ ip: String) throws -> Bool {
        try #require(TrustedProxies(list)).contains(try #require(SocketAddress(ip: ip, port: 1)))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/8", "9.255.255.255", false),
        ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
        ("1.2.3.4", "1.2.3.4", true),
        ("1.2.3.4", "1.2.3.5", false), ("1.2.3.4/31", "1.2.3.5", true), ("0.0.0.0/0", "255.1.2.3", true),
        ("0.0.0.0/0", "2001:db8::1", false), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("10.0.0.0/8, ::1", "::1", true), ("10.0.0.0/8,::1", "::2", false),
        ("127.0.0.0/8", "::ffff:127.0.0.1", true),
        ("", "127.0.0.1", false),
    ])
    func `networks hold their addresses and no others`(list: String, ip: String, isInside: Bool) throws {
        #expect(try contains(list, ip) == isInside)
    }

    @Test(arguments: [
        "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "10.0.0/8",
        "10.0.0.0/8;::1",
    ])
    func `what is no network is an error`(list: String) {
        #expect(TrustedProxies(list) == nil)
    }

    @Test func `this machine and its unix sockets are trusted by default`() throws {
        #expect(TrustedProxies.loopback.contains(.ipv4([127, 3, 2, 1], port: 1)))
        #expect(TrustedProxies.loopback.contains(try #require(SocketAddress("[::1]:1"))))
        #expect(TrustedProxies.loopback.contains(.unix("")))
        #expect(!TrustedProxies.loopback.contains(.ipv4([128, 0, 0, 1], port: 1)))
    }

    /// The client is whoever the nearest proxy that is not ours names; everything left of it is hearsay.
    @Test(
        arguments: [
            (["203.0.113.7"], "203.0.113.7"), (["6.6.6.6, 203.0.113.7"], "203.0.113.7"),
            (["6.6.6.6, 203.0.113.7, 10.0.0.2"], "203.0.113.7"),
            (["6.6.6.6", "203.0.113.7,10.0.0.2, 10.0.0.3"], "203.0.113.7"),
            (["10.0.0.2, 10.0.0.3"], "10.0.0.2"), (["nonsense, 10.0.0.3"], "10.0.0.3"),
            (["6.6.6.6, nonsense"], nil),
            (["6.6.6.6, , 10.0.0.3"], "10.0.0.3"), ([""], nil), ([], nil), (["[2001:db8::1]"], "2001:db8::1"),
            (["2001:DB8:0::1"], "2001:db8::1"), (["unknown"], nil),
        ] as [([String], String?)])
    func `the client is the last address that is not a proxy`(lists: [String], client: String?) throws {
        let proxies = try #require(TrustedProxies("10.0.0.0/8"))
        let fields = Fields(lists.map { ("X-Forwarded-For", $0) })
        #expect(proxies.client(fields) == client)
    }

    @Test func `an endless list is read from its end only`() throws {
        let proxies = try #require(TrustedProxies("10.0.0.0/8"))
        let list = "6.6.6.6" + String(repeating: ", 10.0.0.1", count: 100)
        #expect(proxies.client(Fields([("X-Forwarded-For", list)])) == "10.0.0.1")
    }
}
