import Testing

@testable import MastodonAPI

@Suite struct KeywordIndexTests {
    private static let cases: [(keyword: String, isWholeWord: Bool, text: String, occurs: Bool)] = [
        ("cat", true, "A cat.", true),
        ("cat", true, "CAT", true),
        ("cat", true, "concatenate", false),
        ("cat", false, "concatenate", true),
        ("cat", true, "cats", false),
        ("cat", true, "a_cat", false),
        ("cat", true, "cat9", false),
        // The second one is a word of its own.
        ("cat", true, "cats and a cat", true),
        ("a b", true, "xa b, a b", true),
        // Borders are only asked for where the keyword has a character of words.
        ("#cat", true, "my#cat", true),
        ("#cat", true, "#cats", false),
        ("c++", true, "c++11", true),
        ("c++", true, "xc++", false),
        ("...", true, "so...so", true),
        // Letters of any script make words.
        ("Straße", true, "die STRAßE.", true),
        ("ё", true, "ёлка", false),
        ("ёлка", true, "Наша ЁЛКА!", true),
        ("елк", false, "елка", true),
        ("猫", true, "黒猫", false),
        ("猫", false, "黒猫", true),
        ("cat", true, "écat", false),
        ("cat", true, "caté", false),
        ("cat", true, "\u{1F408}cat\u{1F408}", true),
        ("\u{1F408}", true, "a\u{1F408}b", true),
        // One byte, the ends of the text, and keywords longer than it.
        ("x", true, "x", true),
        ("x", true, "xx", false),
        ("x", false, "ax", true),
        ("longer", true, "long", false),
        ("cat", true, "", false),
        // Never a regular expression.
        (".*", false, "anything", false),
        (".*", false, "rm *.*", true),
        ("(a+)+$", false, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false),
        ("[abc", false, "x [ABC] y", true),
        (#"\bcat\b"#, true, "cat", false),
        (#"\"#, false, #"a\b"#, true),
    ]

    @Test(arguments: cases)
    func `a keyword is found as plain text`(
        keyword: String, isWholeWord: Bool, text: String, occurs: Bool
    ) {
        let index = KeywordIndex([(keyword, isWholeWord)])
        #expect(index.matches(in: KeywordIndex.folded(text)) == (occurs ? [0] : []))
    }

    @Test func `many keywords are told apart, each once and in their order`() {
        let words = ["one", "on", "o", "two", "tw", "one"]
        let index = KeywordIndex(words.map { ($0, false) })
        #expect(index.matches(in: KeywordIndex.folded("One ONE on")) == [0, 1, 2, 5])
        #expect(index.matches(in: KeywordIndex.folded("tw")) == [3, 4].suffix(1))
        #expect(KeywordIndex([]).isEmpty && !index.isEmpty)
    }

    @Test func `it finds what a search for one after the other finds`() {
        var random = SystemRandomNumberGenerator()
        let letters = Array("aäb ")
        func text(_ length: Int) -> String {
            String((0..<length).map { _ in letters.randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<200 {
            let words = (0..<20).map { _ in text(.random(in: 1...4)) }
            let content = text(30)
            let expected = words.indices.filter { content.contains(words[$0]) }
            let index = KeywordIndex(words.map { ($0, false) })
            #expect(index.matches(in: KeywordIndex.folded(content)) == expected, "\(words) in \(content)")
        }
    }
}
