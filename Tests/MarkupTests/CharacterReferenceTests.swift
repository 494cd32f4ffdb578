import Testing

@testable import Markup

struct CharacterReferenceTests {
    private func decoded(_ text: String, isInAttribute: Bool = false) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        TextWriter(target: .plain)
            .append(bytes.indices, of: bytes, decodesReferences: true, isInAttribute: isInAttribute, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test(arguments: [
        ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("&nbsp;&iexcl;&yuml;", "\u{A0}\u{A1}\u{FF}"),
        ("&eacute;&Eacute;", "\u{E9}\u{C9}"),
        ("&hellip;&mdash;&euro;&thetasym;", "\u{2026}\u{2014}\u{20AC}\u{3D1}"),
        ("&frac12;&there4;&alefsym;&diams;", "\u{BD}\u{2234}\u{2135}\u{2666}"), ("&AMP;&COPY;", "&\u{A9}"),
        ("&colon;&NewLine;&Tab;&lpar;", ":\n\t("), ("&times;", "\u{D7}"),
        ("&OElig;&zwnj;", "\u{152}\u{200C}"),
    ])
    func `names become characters`(text: String, expected: String) {
        #expect(decoded(text) == expected)
    }

    @Test(arguments: [
        ("&#65;&#x41;&#X41;", "AAA"), ("&#128512;&#x1F600;", "\u{1F600}\u{1F600}"), ("&#65", "A"),
        ("&#x41g", "Ag"),
        ("&#0;", "\u{FFFD}"), ("&#xD800;", "\u{FFFD}"), ("&#x110000;", "\u{FFFD}"),
        ("&#99999999999999999999;", "\u{FFFD}"), ("&#xFFFFFFFFFFFFFFFFFFF;", "\u{FFFD}"),
        ("&#150;", "\u{2013}"),
        ("&#x80;", "\u{20AC}"), ("&#00000000000000000065;", "A"), ("&#x10FFFF;", "\u{10FFFF}"),
    ])
    func `numbers become characters, impossible ones the replacement character`(
        text: String, expected: String
    ) {
        #expect(decoded(text) == expected)
    }

    @Test(arguments: [
        "&", "&;", "&&", "& amp;", "&#", "&#;", "&#x", "&#x;", "&#xg;", "&unknown;", "&hellip", "&Amp;", "&a",
        "AT&T",
        "&thisnameislongerthananyweknow;", "&apos", "&colon", "&#-1;", "&\u{E9};",
    ])
    func `what is no reference stays as it is`(text: String) {
        #expect(decoded(text) == text)
    }

    @Test(arguments: [
        ("&ampx", "&x", "&ampx"), ("&copy2", "\u{A9}2", "&copy2"), ("&notit;", "\u{AC}it;", "&notit;"),
        ("&lt=", "<=", "&lt="), ("&amp", "&", "&"), ("&eacute!", "\u{E9}!", "\u{E9}!"),
        ("a&b&lt", "a&b<", "a&b<"),
        ("&copysr;x", "\u{A9}sr;x", "&copysr;x"),
    ])
    func `old names need no semicolon, except in addresses`(text: String, inText: String, inAttribute: String)
    {
        #expect(decoded(text) == inText)
        #expect(decoded(text, isInAttribute: true) == inAttribute)
    }
}
