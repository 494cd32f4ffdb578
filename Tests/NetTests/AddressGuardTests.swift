import Net
import Testing

@Suite struct AddressGuardTests {
    private let guarded = AddressGuard(allowsPrivate: false)

    /// The first and the last of each range that is nobody's on the public internet.
    @Test(arguments: [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255", "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0", "192.0.0.255", "192.0.2.0", "192.0.2.255", "192.88.99.1", "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0", "198.19.255.255", "198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255",
        "224.0.0.0",
        "239.255.255.255", "240.0.0.0", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
        "64:ff9b::", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "100::",
        "100::1",
        "2001::", "2001::1", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "2001:2::1", "2001:10::1", "2001:20::1",
        "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::",
        "2002:7f00:1::1", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff::1", "3fff:fff:ffff::1", "fc00::",
        "fd12:3456:789a::1", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe80::", "fe80::1", "febf::1",
        "fec0::1",
        "ff00::", "ff02::1", "ffff::1", "4000::1", "1fff::1",
    ])
    func `an address of no public host is refused`(ip: String) throws {
        let address = try #require(SocketAddress(ip: ip, port: 443))
        #expect(!guarded.allows(address))
        #expect(AddressGuard(allowsPrivate: true).allows(address))
    }

    /// The neighbours of those ranges, and some well-known ones.
    @Test(arguments: [
        "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
        "2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7::1", "2001:db9::1", "2003::1",
        "2606:4700::1111",
        "2a00::1", "3ffe::1", "3fff:1000::1",
    ])
    func `a public address is allowed`(ip: String) throws {
        #expect(guarded.allows(try #require(SocketAddress(ip: ip, port: 443))))
    }

    @Test func `a socket of this machine is nobody's server`() {
        #expect(
            !guarded.allows(.unix("/run/x")) && !AddressGuard(allowsPrivate: true).allows(.unix("/run/x")))
    }

    @Test func `bytes of the wrong length are refused`() {
        #expect(!guarded.allows(.ipv4([8, 8, 8], port: 1)) && !guarded.allows(.ipv6([0x20], port: 1)))
    }
}
