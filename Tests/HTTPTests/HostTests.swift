import Testing

@testable import HTTP

@Suite struct HostTests {
    @Test(arguments: [
        ("Example.COM", "example.com"), ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("127.0.0.1", "127.0.0.1"),
        ("München.de", "xn--mnchen-3ya.de"), ("MÜNCHEN.DE", "xn--mnchen-3ya.de"), ("a。é", "a.xn--9ca"),
        ("i\u{2764}.ws", "xn--i-7iq.ws"), ("localhost", "localhost"),
    ])
    func `a name is given as DNS has it`(host: String, ascii: String) {
        #expect(Host.ascii(host) == ascii)
    }

    @Test(arguments: [
        "", ".", "a.", ".a", "a..b", "a b", "a_b", "a/b", "a%41", "é/b", "é\u{200B}", "\u{202E}é", "é@b",
        "a\0",
        "é..b", "\u{E000}",
    ])
    func `what cannot be a name is refused`(host: String) {
        #expect(Host.ascii(host) == nil)
    }

    @Test func `labels and names have their lengths`() {
        let label = String(repeating: "a", count: 63)
        #expect(Host.ascii(label) == label)
        #expect(Host.ascii(label + "a") == nil)
        let name = [label, label, label, String(label.prefix(61))].joined(separator: ".")
        #expect(name.utf8.count == 253 && Host.ascii(name) == name)
        #expect(Host.ascii(name + "a") == nil)
        #expect(Host.ascii(String(repeating: "é", count: 600)) == nil)
    }

    @Test(arguments: [
        "::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1:2:3:4:5:6:1.2.3.4",
        "1::3:4:5:6:7:8", "FE80::ABCD",
    ])
    func `an IPv6 address is one`(address: String) {
        #expect(Host.isIPv6(Array(address.utf8)[...]))
    }

    @Test(arguments: [
        "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1.2.3",
        "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", "::1%eth0", ":1::2", "1::2:", "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4::5:6:7:8",
    ])
    func `what is no IPv6 address is refused`(address: String) {
        #expect(!Host.isIPv6(Array(address.utf8)[...]))
    }
}
