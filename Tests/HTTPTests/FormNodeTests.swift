import HTTP
import Testing

@Suite struct FormNodeTests {
    @Test(
        arguments: [
            ("false", false), ("FALSE", false), ("0", false), ("f", false), ("F", false), ("off", false),
            ("Off", false),
            ("true", true), ("1", true), ("t", true), ("on", true), ("no", true), ("anything", true),
            ("", nil),
        ] as [(String, Bool?)])
    func `a truth is anything but the four words for false`(text: String, truth: Bool?) {
        #expect(FormNode.text(text).bool == truth)
    }

    @Test(arguments: [
        ("42", 42), ("-1", -1), ("4.2", nil), ("", nil), ("x", nil), ("99999999999999999999", nil),
    ])
    func `a number is what it spells`(text: String, number: Int?) {
        #expect(FormNode.text(text).int == number)
    }

    @Test func `a list read as one gives its last`() {
        #expect(FormNode.list([.text("1"), .text("2")]).string == "2")
        #expect(FormNode.list([]).string == nil)
        #expect(FormNode.map([("0", .text("1"))]).string == nil)
    }

    @Test func `a map is a list only if all its keys are numbers`() {
        let numbered = FormNode.map([("10", .text("c")), ("2", .text("b")), ("1", .text("a"))])
        #expect(numbered.strings == ["a", "b", "c"])
        #expect(FormNode.map([("0", .text("a")), ("x", .text("b"))]).strings.isEmpty)
    }

    @Test func `what is not there is nil`() {
        #expect(FormNode.text("a")["b"] == nil)
        #expect(FormNode.list([.text("a")])["0"] == nil)
        #expect(FormNode.map([])["a"]?["b"]?.string == nil)
    }
}
