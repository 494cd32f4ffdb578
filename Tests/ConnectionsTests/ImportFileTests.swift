import Storage
import Testing

@testable import Connections

@Suite struct ImportFileTests {
    private func file(_ kind: ConnectionKind, _ text: String) throws -> ImportFile {
        try ImportFile(kind, Array(text.utf8), limits: ImportLimits())
    }

    private func keys(_ file: ImportFile) throws -> [String] {
        var keys: [String] = []
        var cursor = file.cursor
        while let line = try cursor.next() {
            switch line.entry {
            case .success(let entry): keys.append(entry.key)
            case .failure(let problem): keys.append("! " + problem.reason)
            }
        }
        return keys
    }

    @Test(arguments: [
        "ann@lake.example\n",
        "Account address\nann@lake.example\n",
        "Account address,Show boosts\nann@lake.example,true\n",
        "Account address,Show boosts,Notify on new posts,Languages\nann@lake.example,true,false,\n",
        "\u{FEFF}Account address,Show boosts\r\nann@lake.example,true\r\n",
        "account address;show boosts;notify on new posts;languages\r\nann@lake.example;true;false;en, de\r\n",
        "Show boosts,Account address\n" + "true,ann@lake.example\n",
        "@ann@lake.example,true\n",
        "Account address,Show boosts,Something new\nann@lake.example,true,x\n,,\n",
    ])
    func `old, new and foreign forms of follows are read`(text: String) throws {
        let file = try file(.follows, text)
        #expect(try keys(file) == ["ann@lake.example"])
        #expect(file.lines == 1)
    }

    @Test(arguments: [
        (ConnectionKind.lists, "Friends,ann@lake.example\n", "Friends\nann@lake.example"),
        (.lists, "List name,Account address\n\"A, B\",ann@lake.example\n", "A, B\nann@lake.example"),
        (.mutes, "Account address,Hide notifications\nann@lake.example,true\n", "ann@lake.example"),
        (.blocks, "ann@lake.example\n", "ann@lake.example"),
        (.domainBlocks, "lake.example\n", "lake.example"),
        (.domainBlocks, "#domain\nlake.example\n", "lake.example"),
        (.domainBlocks, "#domain,#severity,#reject_media\nlake.example,suspend,true\n", "lake.example"),
        (.bookmarks, "https://lake.example/notes/1\n", "https://lake.example/notes/1"),
        (.bookmarks, "#uri\nhttps://lake.example/notes/1\n", "https://lake.example/notes/1"),
    ])
    func `every kind is read with and without names of columns`(
        kind: ConnectionKind, text: String, key: String
    ) throws {
        #expect(try keys(file(kind, text)) == [key])
    }

    @Test func `a list may be called like a column`() throws {
        let titles = ConnectionKind.allCases.flatMap(\.columns) + ["Domain", "URI", "Severity"]
        for title in titles {
            #expect(try keys(file(.lists, "\(title),ann@lake.example\n")) == ["\(title)\nann@lake.example"])
        }
    }

    @Test(arguments: [
        (
            ConnectionKind.bookmarks, "https://lake.example/a;b\nhttps://lake.example/c\n",
            "https://lake.example/a;b"
        ),
        (.bookmarks, "https://blog.example/?p=123\n", "https://blog.example/?p=123"),
        (.blocks, "https://blog.example/?author=1\n", "https://blog.example/?author=1"),
        (.lists, "Friends;ann@lake.example\n", "Friends\nann@lake.example"),
        (.follows, "ann@lake.example;true\n", "ann@lake.example"),
    ])
    func `addresses may hold what stands between fields elsewhere`(
        kind: ConnectionKind, text: String, first: String
    ) throws {
        #expect(try keys(file(kind, text)).first == first)
    }

    @Test(arguments: [
        (
            ConnectionKind.follows, ConnectionKind.mutes,
            "Account address,Hide notifications\na@b.example,true\n"
        ),
        (.blocks, .follows, "Account address,Show boosts\na@b.example,true\n"),
        (.follows, .lists, "List name,Account address\nx,a@b.example\n"),
        (.bookmarks, .domainBlocks, "#domain\nb.example\n"),
        (.domainBlocks, .bookmarks, "#uri\nhttps://b.example/1\n"),
    ])
    func `a file of another kind is refused`(kind: ConnectionKind, found: ConnectionKind, text: String) {
        #expect(throws: ImportRefusal.otherKind(found)) { try file(kind, text) }
    }

    @Test func `what no line of can be read is refused, with the reason`() {
        #expect(throws: ImportRefusal.empty) { try file(.follows, "\n\n") }
        #expect(throws: ImportRefusal.nothingReadable("«nobody» is not an address like name@server.")) {
            try file(.follows, "nobody\nneither\n")
        }
        #expect(throws: ImportRefusal.notText) { try file(.follows, "a\u{0}b@c.example\n") }
        #expect(throws: ImportRefusal.endlessQuote(line: 2)) {
            try file(.lists, "x,a@b.example\n\"y,c@d.example\n")
        }
    }

    @Test func `a file with nothing but names of columns is one of nothing`() throws {
        #expect(try file(.follows, "Account address,Show boosts\n").lines == 0)
    }

    @Test func `Latin-1 becomes letters`() throws {
        let bytes = Array("Freunde ".utf8) + [0xE4, 0xF6, 0xFC, 0x80] + Array(",ann@lake.example\n".utf8)
        let file = try ImportFile(.lists, bytes, limits: ImportLimits())
        #expect(try keys(file) == ["Freunde äöü€\nann@lake.example"])
    }

    @Test func `a formula is a line that fails, not a file`() throws {
        let file = try file(.follows, "ann@lake.example\n=cmd|' /C calc'!A0\n")
        #expect(file.lines == 2)
        #expect(file.unreadable == 1)
        #expect(try keys(file).last == "! «=cmd|' /C calc'!A0» is not an address like name@server.")
    }

    @Test func `a hundred thousand lines are read, one more is not`() throws {
        var bytes: [UInt8] = []
        for number in 0..<100_000 { bytes += Array("user\(number)@host\(number % 200).example\n".utf8) }
        let file = try ImportFile(.follows, bytes, limits: ImportLimits())
        #expect(file.lines == 100_000)
        bytes += Array("one@more.example\n".utf8)
        #expect(throws: ImportRefusal.tooManyLines(limit: 100_000)) {
            try ImportFile(.follows, bytes, limits: ImportLimits())
        }
        #expect(throws: ImportRefusal.tooLarge(limit: 10 << 20)) {
            try ImportFile(.follows, Array(repeating: 97, count: 10 << 20 + 1), limits: ImportLimits())
        }
    }

    @Test func `Mastodon's own file of filters is read and written`() throws {
        let json = """
            {"custom_filters":[{"title":"Spoilers","expire_at":null,"context":["home","public"],"action":"hide",\
            "keywords_attributes":[{"keyword":"the end","whole_word":false}],"statuses":["https://lake.example/1"]}]}
            """
        var lines: [FilterLine] = []
        var cursor = try file(.filters, json).cursor
        while let line = try cursor.next() {
            if case .success(.filter(let found)) = line.entry { lines.append(found) }
        }
        #expect(lines.count == 2)
        #expect(try file(.filters, "\u{FEFF}" + json).lines == 2)
        #expect(String(decoding: MastodonFilters.json(lines), as: UTF8.self) == json)
        #expect(throws: ImportRefusal.notFilters) { try file(.filters, "{\"follows\":[]}") }
        #expect(throws: ImportRefusal.notFilters) { try file(.filters, "{") }
    }
}
