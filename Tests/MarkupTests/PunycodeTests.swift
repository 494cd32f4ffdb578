import Testing

@testable import Markup

struct PunycodeTests {
    @Test(arguments: [
        ("example.org", "example.org"), ("b\u{FC}cher.example", "xn--bcher-kva.example"),
        ("m\u{FC}nchen.de", "xn--mnchen-3ya.de"), ("\u{4F8B}\u{3048}.jp", "xn--r8jz45g.jp"),
        ("\u{43F}\u{440}\u{438}\u{43C}\u{435}\u{440}", "xn--e1afmkfd"), ("fa\u{DF}.de", "xn--fa-hia.de"),
        ("a.\u{1F600}.b", "a.xn--e28h.b"),
    ])
    func `hosts are written in ASCII`(unicode: String, ascii: String) {
        #expect(Punycode.ascii(host: unicode) == ascii)
    }

    @Test(arguments: [
        ("xn--bcher-kva.example", "b\u{FC}cher.example"), ("XN--MNCHEN-3YA.de", "M\u{FC}NCHEN.de"),
        ("xn--r8jz45g.jp", "\u{4F8B}\u{3048}.jp"),
        ("xn--e1afmkfd", "\u{43F}\u{440}\u{438}\u{43C}\u{435}\u{440}"),
        ("www.example.org", "www.example.org"),
    ])
    func `hosts are read in Unicode`(ascii: String, unicode: String) {
        #expect(Punycode.unicode(host: ascii) == unicode)
    }

    @Test(arguments: [
        "xn--99999999", "xn--\u{FC}", "xn--a-\u{20}", "xn--zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "xn--" + String(repeating: "a", count: 100_000),
        "xn--a-9b0h", "xn--!",
    ])
    func `what is not punycode stays as it is`(host: String) {
        #expect(Punycode.unicode(host: host) == host)
    }

    @Test func `letters in upper case are one host with those in lower case`() {
        #expect(Punycode.ascii(host: "B\u{DC}CHER.Example") == "xn--bcher-kva.example")
    }

    @Test func `labels that are too long stay as they are`() {
        let label = String(repeating: "\u{FC}", count: 100)
        #expect(Punycode.ascii(host: label) == label)
    }
}
