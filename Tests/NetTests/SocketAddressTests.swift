import Testing

@testable import Net

@Suite struct SocketAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1:8080"), ("[::1]:80", "[::1]:80"), ("*:443", "0.0.0.0:443"),
        ("localhost:1", "127.0.0.1:1"), ("0.0.0.0:0", "0.0.0.0:0"), ("[::]:65535", "[::]:65535"),
        ("unix:/run/islet.sock", "unix:/run/islet.sock"), ("[2001:DB8::1]:5", "[2001:db8::1]:5"),
    ])
    func `an address is read as people write it`(text: String, written: String) {
        #expect(SocketAddress(text)?.description == written)
    }

    @Test(arguments: [
        "", ":", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x",
        "127.0.0:80", "127.0.0.256:80", "example.org:80", "unix:", "[::1]", "::g:80", "1.2.3.4 :80",
        "unix:" + String(repeating: "x", count: 108),
    ])
    func `what is no address is not read`(text: String) {
        #expect(SocketAddress(text) == nil)
    }

    @Test func `the longest path of a socket fits the kernel's form`() throws {
        let address = try #require(SocketAddress("unix:" + String(repeating: "x", count: 107)))
        #expect(address.withSockaddr { _, length in length } == 110)
    }

    @Test(arguments: ["127.0.0.1:8080", "[2001:db8::7]:443"])
    func `the kernel's form and back is the same`(text: String) throws {
        let address = try #require(SocketAddress(text))
        #expect(address.withSockaddr { pointer, _ in SocketAddress(pointer) } == address)
    }
}
