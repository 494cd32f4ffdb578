import Basics
import HTTP
import Testing

@testable import Federation

struct ShieldShelfTests {
    private static let now = Household.start
    private static let answer = ShieldedAnswer(.html(.ok, [UInt8](repeating: 32, count: 1_000)))

    /// Room for so many answers, and for so many that were asked for only once.
    private func shelf(_ most: Int, unproven: Int) -> ShieldShelf {
        var bounds = Shield.Bounds()
        let one = Self.answer.size + 1
        bounds.bytes = most * one
        bounds.unproven = unproven * one
        return ShieldShelf(bounds: bounds)
    }

    private func put(_ names: String, on shelf: inout ShieldShelf) {
        for name in names {
            shelf.put(
                Self.answer, for: .page(String(name)), made: Self.now, version: 1, changes: shelf.changes)
        }
    }

    private func use(_ names: String, on shelf: inout ShieldShelf) -> String {
        names.filter { shelf.find(.page(String($0)), at: Self.now) != nil }
    }

    @Test func `who was asked for longest ago goes first`() {
        var shelf = shelf(3, unproven: 3)
        put("abc", on: &shelf)
        #expect(use("abca", on: &shelf) == "abca")
        put("d", on: &shelf)
        #expect(use("abcd", on: &shelf) == "acd")
        #expect(shelf.count == 3 && shelf.size <= shelf.bounds.bytes)
    }

    @Test func `who goes through everything once drives out nothing that was asked for twice`() {
        var shelf = shelf(4, unproven: 2)
        put("ab", on: &shelf)
        #expect(use("ab", on: &shelf) == "ab")
        put("cdefghijklmnop", on: &shelf)
        #expect(use("abcdefghijklmnop", on: &shelf) == "abop")
    }

    @Test func `what is made anew stays among those that many want`() {
        var shelf = shelf(4, unproven: 1)
        put("a", on: &shelf)
        #expect(use("a", on: &shelf) == "a")
        put("abc", on: &shelf)
        #expect(use("abc", on: &shelf) == "ac")
        #expect(shelf.count == 2)
    }

    @Test func `bytes are counted with what it takes to keep them`() {
        var shelf = shelf(10, unproven: 10)
        put("aab", on: &shelf)
        #expect(shelf.size == 2 * (Self.answer.size + 1))
        #expect(Self.answer.size > 1_000 + 1_024)
        shelf.clear()
        #expect(shelf.size == 0 && shelf.count == 0)
        put("a", on: &shelf)
        #expect(shelf.count == 1)
    }

    @Test func `what was read before everything was dropped is not taken`() {
        var shelf = shelf(10, unproven: 10)
        let before = shelf.changes
        shelf.clear()
        shelf.put(Self.answer, for: .page("a"), made: Self.now, version: 1, changes: before)
        #expect(shelf.count == 0)
    }

    @Test func `an answer is fresh for five seconds after it was known to be true`() {
        var shelf = shelf(10, unproven: 10)
        put("a", on: &shelf)
        func isFresh(after seconds: Int) -> Bool? {
            shelf.find(.page("a"), at: Self.now + .seconds(seconds))?.isFresh
        }
        #expect([0, 4, 5, -1].map(isFresh) == [true, true, false, false])
        shelf.renew(.page("a"), version: 2, at: Self.now + .seconds(5))
        #expect(isFresh(after: 5) == false, "of another version")
        shelf.renew(.page("a"), version: 1, at: Self.now + .seconds(5))
        #expect(isFresh(after: 9) == true)
    }

    @Test func `two spellings of a question are remembered for as long as its answer`() {
        var shelf = shelf(1, unproven: 1)
        put("a", on: &shelf)
        for spelling in ["/1", "/1", "/2", "/3", String(repeating: "/", count: 129)] {
            shelf.note(spelling, of: .page("a"))
        }
        shelf.note("/4", of: .page("not here"))
        #expect(["/1", "/2", "/3", "/4"].filter { shelf.faces(of: $0) != nil } == ["/1", "/2"])
        put("b", on: &shelf)
        #expect(shelf.faces(of: "/1") == nil)
    }
}
