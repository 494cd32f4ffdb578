import Testing

@testable import HTTP

@Suite struct FormTests {
    private func tree(_ text: String) -> FormNode {
        Form(urlEncoded: Array(text.utf8)).tree
    }

    @Test(arguments: [
        ("a", ["a"]), ("a[]", ["a", ""]), ("a[b][c]", ["a", "b", "c"]), ("a[0][b]", ["a", "0", "b"]),
        ("a[][b]", ["a", "", "b"]), ("a[b", ["a[b"]), ("a]b", ["a]b"]), ("[a]", ["[a]"]),
        ("a[b]c", ["a[b]c"]),
        ("a[b]c]", ["a[b]c]"]), ("a[[b]]", ["a[[b]]"]), ("", [""]),
    ])
    func `a name is cut at its brackets if they pair up`(name: String, path: [String]) {
        #expect(Form.path(name) == path)
    }

    @Test(arguments: [
        "a[]=1&a[]=2", "a%5B%5D=1&a%5B%5D=2", "a[0]=1&a[1]=2", "a[1]=2&a[0]=1", "a=1&a=2", "a=1&a[]=2",
    ])
    func `a list comes in many spellings`(text: String) {
        #expect(tree(text)["a"]?.strings == ["1", "2"])
    }

    @Test(arguments: ["id=1", "id[]=1", "id[0]=1"])
    func `one value is a list of one`(text: String) {
        #expect(tree(text)["id"]?.strings == ["1"])
    }

    @Test func `a poll in a post is found`() {
        let tree = tree(
            "status=hi+there&poll[options][]=a&poll[options][]=b&poll[expires_in]=3600&poll[multiple]=false")
        #expect(tree["status"]?.string == "hi there")
        #expect(tree["poll"]?["options"]?.strings == ["a", "b"])
        #expect(tree["poll"]?["expires_in"]?.int == 3_600)
        #expect(tree["poll"]?["multiple"]?.bool == false)
    }

    @Test func `names with numbers are lists of maps`() {
        let tree = tree(
            "fields_attributes[1][name]=b&fields_attributes[0][name]=a&fields_attributes[0][value]=x"
                + "&source[privacy]=p"
        )
        let fields = tree["fields_attributes"]?.elements ?? []
        #expect(fields.map { $0["name"]?.string } == ["a", "b"])
        #expect(fields.map { $0["value"]?.string } == ["x", nil])
        #expect(tree["source"]?["privacy"]?.string == "p")
    }

    @Test func `a key that repeats begins a new element`() {
        let tree = tree(
            "k[][keyword]=a&k[][whole_word]=true&k[][keyword]=b&k[][x][]=1&k[][x][]=2&k[][y][z]=3&k[][y][z]=4"
        )
        let elements = tree["k"]?.elements ?? []
        #expect(elements.map { $0["keyword"]?.string } == ["a", "b", nil])
        #expect(elements[0]["whole_word"]?.bool == true)
        #expect(elements[1]["x"]?.strings == ["1", "2"])
        #expect(elements.map { $0["y"]?["z"]?.string } == [nil, "3", "4"])
    }

    @Test func `a push subscription is found`() {
        let tree = tree(
            "subscription[endpoint]=https%3A%2F%2Fa%2F&subscription[keys][p256dh]=k&data[alerts][mention]=1")
        #expect(tree["subscription"]?["keys"]?["p256dh"]?.string == "k")
        #expect(tree["subscription"]?["endpoint"]?.string == "https://a/")
        #expect(tree["data"]?["alerts"]?["mention"]?.bool == true)
    }

    @Test func `names that contradict each other do no harm`() {
        #expect(tree("a=1&a[b]=2") == .map([("a", .text("1"))]))
        #expect(tree("a[b]=1&a=2&a[]=3") == .map([("a", .map([("b", .text("1"))]))]))
        #expect(tree("a[]=1&a[b]=2") == .map([("a", .list([.text("1")]))]))
    }

    @Test func `a name may be as deep as the limit`() {
        let deep = "a" + String(repeating: "[b]", count: Limits.standard.formDepth - 1)
        #expect(tree(deep + "=1")["a"]?["b"]?["b"]?["b"]?["b"]?["b"]?["b"]?["b"]?.string == "1")
        #expect(tree(deep + "[b]=1") == .map([]))
        #expect(tree("a" + String(repeating: "[]", count: 4_000) + "=1") == .map([]))
    }

    @Test func `pairs beyond the limit are not read`() {
        let limit = Limits.standard.formPairs
        var form = Form(urlEncoded: Array(String(repeating: "a=1&", count: limit + 1).utf8))
        #expect(form.pairs.count == limit)
        form.append("b", "2")
        #expect(form.pairs.count == limit && form.tree["b"] == nil)
    }

    @Test func `query and body go into one form`() {
        var form = Form(query: "limit=5&a=")
        form.append(Form(urlEncoded: Array("b=%00".utf8)))
        form.append("limit", "7")
        #expect(form.pairs.map(\.name) == ["limit", "a", "b", "limit"])
        #expect(form.tree["limit"]?.string == "7" && form.tree["b"]?.string == "\u{FFFD}")
        #expect(Form(query: nil).pairs.isEmpty)
    }
}
