import Testing

@testable import Web

@Suite struct WordsTests {
    @Test func `a word that nobody chose is the usual one`() {
        let words = Words()
        #expect(words[.boost] == "boost")
        #expect(words.title(.boost) == "Boost")
        #expect(words.text == "")
    }

    @Test func `words come back as they were written`() {
        var words = Words()
        words[.boost] = "howl"
        words[.posts] = "letters: long ones"
        words[.home] = " \u{e9}tage "
        let again = Words(words.text)
        #expect(again == words)
        #expect(again[.posts] == "letters: long ones")
        #expect(again.title(.home) == "\u{c9}tage")
        #expect(again.count(1, .boost, .boosts) == "1 howl")
        #expect(again.count(2, .post, .posts) == "2 letters: long ones")
    }

    @Test func `a word is one line of plain text and short`() {
        var words = Words()
        words[.boost] = "a\nb\u{0}c\u{2028}d" + String(repeating: "x", count: 100)
        #expect(words[.boost].count == Words.longest)
        #expect(words[.boost].hasPrefix("a b c dx"))
        words[.post] = "o" + String(repeating: "\u{301}", count: 10_000)
        #expect(words[.post].unicodeScalars.count <= Words.longest * 4)
        words[.boost] = "  "
        #expect(words[.boost] == "boost")
    }

    @Test(arguments: ["nonsense", "unknown: x", ":", "boost", "\n\n: \n"])
    func `lines that say nothing are left out`(text: String) {
        #expect(Words(text) == Words())
    }
}
