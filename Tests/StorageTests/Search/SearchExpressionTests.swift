import Testing

@testable import Storage

@Suite struct SearchExpressionTests {
    private let hostile = [
        "\"", "\"\"", "a\" OR \"b", "text:x", "{text}: x", "*", "^a", "NEAR(a b, 2)", "a + b", "(", ")",
        "AND", "NOT",
        "a\u{0}b", "\u{0}", "", " ", "!!!", "🙂", "-", "a*", String(repeating: "\"", count: 1_001), "\u{E000}",
    ]

    @Test func `nothing that is typed becomes syntax`() async throws {
        let store = try TestStore()
        for text in hostile {
            for (isBeginning, isUnwanted) in [(false, false), (true, false), (false, true), (true, true)] {
                var expression = SearchExpression()
                expression.add("word")
                expression.add(text, isBeginning: isBeginning, isUnwanted: isUnwanted)
                let found = try store.read {
                    try SearchIndex.find(expression, SearchRange(), limit: 1, offset: 0, in: $0)
                }
                #expect(found.isEmpty)
            }
        }
    }

    @Test func `an expression that only leaves out finds nothing`() {
        var expression = SearchExpression()
        #expect(expression.text == nil)
        expression.add("a", isUnwanted: true)
        #expect(expression.text == nil)
        expression.add("b c")
        #expect(expression.text == "(\"b c\") NOT (\"a\")")
        expression.add("d", isBeginning: true)
        expression.add(.reply, isUnwanted: true)
        #expect(expression.text == "(\"b c\" \"d\"*) NOT (\"a\" OR \"\u{E000}r\")")
    }
}
