import Markup
import Testing

@Suite struct BigramsTests {
    private func words(_ text: String) -> [String] {
        // Not by characters: a space and the vowel sign after it are one.
        text.unicodeScalars.split(separator: " ").map { String($0) }
    }

    @Test(
        arguments: [
            ("plain words stay", ["plain", "words", "stay"]),
            ("東京都", ["東京", "京都", "都"]),
            ("東", ["東"]),
            ("I like東京 and そば!", ["I", "like", "東京", "京", "and", "そば", "ば", "!"]),
            ("สวัสดี", ["สว", "วั", "ัส", "สด", "ดี", "ี"]),
            ("ミンナ・ワー", ["ミン", "ンナ", "ナ", "・", "ワー", "ー"]),
            ("한국어 글", ["한국어", "글"]),
            ("𠮷野", ["𠮷野", "野"]),
            ("a\u{0}b\nc\u{E000}d", ["a", "b", "c", "d"]),
            ("❤\u{FE0F}", ["❤"]),
            ("", []),
        ] as [(String, [String])])
    func `scripts without spaces are cut into pairs, everything else stays`(_ text: String, _ cut: [String]) {
        #expect(words(Bigrams.cut(text)) == cut)
    }

    @Test(
        arguments: [
            ("東京", ["東京"], false),
            ("東京都", ["東京", "京都"], false),
            ("東", ["東"], true),
            ("東京へgo", ["東京", "京へ", "へ", "go"], false),
            ("go東", ["go", "東"], true),
            ("word", ["word"], false),
            ("", [], false),
        ] as [(String, [String], Bool)])
    func `a question ends with its last pair, and a single character may go on`(
        _ text: String, _ cut: [String], _ isBeginning: Bool
    ) {
        let question = Bigrams.question(text)
        #expect(words(question.text) == cut)
        #expect(question.isBeginning == isBeginning)
    }
}
