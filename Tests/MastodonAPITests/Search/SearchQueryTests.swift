import Basics
import Storage
import Testing

@testable import MastodonAPI

@Suite struct SearchQueryTests {
    @Test(
        arguments: [
            ("two words", ["two", "words"], []),
            ("\"a phrase\" more", ["a phrase", "more"], []),
            ("\u{201C}curved quotes\u{201D}", ["curved quotes"], []),
            ("yes -no -\"not this\"", ["yes"], ["no", "not this"]),
            ("\"never closed", ["never closed"], []),
            ("a\"b c\"d", ["a", "b c", "d"], []),
            ("- -- \"\" \"", [], ["-"]),
            ("https://far.example/x?y=1", ["https://far.example/x?y=1"], []),
            (
                "nobody:knows has:nothing is:not before:then in:space",
                ["nobody:knows", "has:nothing", "is:not", "before:then", "in:space"], []
            ),
            ("has: media", ["has:", "media"], []),
            ("a\u{0}b", ["a", "b"], []),
            ("🙂 !!! ()*:^", ["🙂", "!!!", "()*:^"], []),
            ("", [], []),
        ] as [(String, [String], [String])])
    func `words and phrases, wanted and unwanted`(_ text: String, _ wanted: [String], _ unwanted: [String]) {
        let query = SearchQuery(text)
        #expect(query.words.filter { !$0.isUnwanted }.map(\.text) == wanted)
        #expect(query.words.filter(\.isUnwanted).map(\.text) == unwanted)
        #expect(query.properties.isEmpty && query.authors.isEmpty)
    }

    @Test(
        arguments: [
            ("has:media", .media, false), ("HAS:image", .image, false), ("has:video", .video, false),
            ("has:audio", .audio, false), ("has:poll", .poll, false), ("-has:link", .link, true),
            ("is:reply", .reply, false), ("-is:sensitive", .sensitive, true),
            ("language:pt-BR", .language("pt"), false),
            ("in:public", .hidden, true), ("-in:public", .hidden, false),
        ] as [(String, SearchMark, Bool)])
    func `operators ask for a property or leave it out`(
        _ text: String, _ mark: SearchMark, _ isUnwanted: Bool
    ) {
        let query = SearchQuery(text + " cat")
        #expect(query.properties == [.init(mark: mark, isUnwanted: isUnwanted)])
        #expect(query.words == [.init(text: "cat")])
        #expect(!query.isPlain)
    }

    @Test func `authors are named as people name them`() {
        let query = SearchQuery("from:me -from:@bob@far.example FROM:\"ada\"")
        #expect(
            query.authors == [
                .init(handle: "me"), .init(handle: "@bob@far.example", isUnwanted: true),
                .init(handle: "ada"),
            ])
    }

    @Test func `days bound the time, and the narrowest bound holds`() {
        let day = Timestamp(milliseconds: 1_738_281_600_000)  // 2025-01-31
        let during = SearchQuery("during:2025-01-31")
        #expect(during.from == day && during.until == day + .days(1))
        #expect(SearchQuery("after:2025-01-30").from == day)
        #expect(SearchQuery("before:2025-01-31 before:2026-01-01").until == day)
        for wrong in [
            "before:2025-02-30", "before:99999-01-01", "after:today", "during:2025-1-1", "-before:2025-01-01",
        ] {
            let query = SearchQuery(wrong)
            #expect(query.from == nil && query.until == nil && query.words.count == 1, "\(wrong)")
        }
    }

    @Test func `only words make a plain query`() {
        #expect(SearchQuery("two \"words here\"").isPlain)
        for text in ["a -b", "from:me", "has:media", "before:2025-01-01", "in:library"] {
            #expect(!SearchQuery(text).isPlain, "\(text)")
        }
    }

    @Test func `what is too long or too much is left out`() {
        #expect(SearchQuery(String(repeating: "x", count: 10_000)).words.map(\.text.count) == [256])
        #expect(SearchQuery(String(repeating: "x ", count: 10_000)).words.count == 32)
        #expect(SearchQuery(String(repeating: "\"", count: 10_000)).words.isEmpty)
    }
}
