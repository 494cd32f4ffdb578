import Storage
import Testing

@testable import Connections

@Suite struct ImportEntryTests {
    private let limits = ImportLimits()

    @Test(arguments: [
        ("ann@lake.example", "ann@lake.example"), ("@Ann@Lake.Example", "Ann@lake.example"),
        (" acct:ann@lake.example ", "ann@lake.example"), ("ann@lake.example:8443", "ann@lake.example:8443"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("user.name-1_2@lake.example", "user.name-1_2@lake.example"),
        ("https://lake.example/@ann", "https://lake.example/@ann"),
    ])
    func `people are known however they are written`(text: String, address: String) throws {
        guard case .block(let person) = try ImportEntry(.blocks, [text], limits: limits) else {
            throw UnreadableLine("something else")
        }
        #expect(person.address == address)
    }

    @Test(arguments: [
        "", "ann", "@ann", "ann@", "@lake.example", "=HYPERLINK(\"https://a.example\")", "+1@2+3",
        "ann@lake.example/path", "a b@lake.example", "ann@lake_example space", "https://lake.example/",
        "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0",
    ])
    func `what is nobody's address says so`(text: String) {
        #expect(throws: UnreadableLine.self) { try ImportEntry(.follows, [text], limits: limits) }
    }

    @Test func `what a follow does not say is left as it is`() throws {
        let person = try ImportEntry.Person("a@b.example")
        typealias Wish = ImportEntry.FollowWish
        let cases: [([String], Wish)] = [
            (["a@b.example"], Wish()),
            (["a@b.example", "false"], Wish(reblogs: false)),
            (["a@b.example", "true", "true", ""], Wish(reblogs: true, notify: true, languages: [])),
            (["a@b.example", "", "", "de, pt-BR"], Wish(languages: ["de", "pt-BR"])),
        ]
        for (fields, wish) in cases {
            #expect(try ImportEntry(.follows, fields, limits: limits) == .follow(person, wish))
        }
    }

    @Test(arguments: ["de pt-BR -", "d", "12", "de--at", "abcdefghi"])
    func `what is no language says so`(text: String) {
        #expect(throws: UnreadableLine.self) {
            try ImportEntry(.follows, ["a@b.example", "", "", text], limits: limits)
        }
    }

    @Test(arguments: [
        ("lake.example", nil, "lake.example"), (" LAKE.example ", nil, "lake.example"),
        ("bücher.example", "suspend", "xn--bcher-kva.example"), ("lake.example", "silence", nil),
        ("lake.example", "noop", nil), ("lake", nil, nil), ("ann@lake.example", nil, nil), ("", nil, nil),
    ])
    func `domains are blocked when the file means a block`(text: String, severity: String?, domain: String?) {
        let entry = try? ImportEntry(.domainBlocks, [text] + [severity].compactMap(\.self), limits: limits)
        #expect(entry == domain.map { .domainBlock($0) })
    }

    @Test func `a filter is read whole`() throws {
        let fields = [" Spoilers ", "home, thread", "hide", "2027-01-02T03:04:05.678Z", " end ", "true", ""]
        guard case .filter(let line) = try ImportEntry(.filters, fields, limits: limits) else {
            throw UnreadableLine("something else")
        }
        #expect(line.title == " Spoilers ")
        #expect(line.filter.contexts == [.home, .thread])
        #expect(line.action == .hide)
        #expect(line.keyword == " end ")
        #expect(line.isWholeWord)
        #expect(
            CSVWriter.text(line.fields)
                == " Spoilers ,\"home, thread\",hide,2027-01-02T03:04:05.678Z, end ,true,")
    }

    @Test(arguments: [
        ["", "home"], ["Title", ""], ["Title", "everywhere"], ["Title", "home", "burn"],
        ["Title", "home", "warn", "soon"], ["Title", "home", "warn", "", "word", "true", "no address"],
    ])
    func `a filter that cannot be one says so`(fields: [String]) {
        #expect(throws: UnreadableLine.self) { try ImportEntry(.filters, fields, limits: limits) }
    }

    @Test(arguments: ConnectionKind.allCases)
    func `every kind has a name that finds it again`(kind: ConnectionKind) {
        #expect(ConnectionKind(name: kind.name) == kind)
        #expect(kind.fileName.hasSuffix(".csv"))
    }
}
