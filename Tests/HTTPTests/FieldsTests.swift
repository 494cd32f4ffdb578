import HTTP
import Testing

@Suite struct FieldsTests {
    let fields = Fields([
        ("Host", "a"), ("Accept", "x"), ("ACCEPT", "y, z"), ("Connection", "keep-alive , Upgrade"),
    ])

    @Test func `names are found in any case, values in order`() {
        #expect(fields["host"] == "a")
        #expect(fields["accept"] == "x")
        #expect(fields.values("Accept") == ["x", "y, z"])
        #expect(fields.joined("aCCept") == "x, y, z")
        #expect(fields.joined("none") == nil)
        #expect(fields.contains("HOST") && !fields.contains("Hos"))
        #expect(fields.map(\.name) == ["Host", "Accept", "ACCEPT", "Connection"])
    }

    @Test(arguments: [("upgrade", true), ("Keep-Alive", true), ("keep", false), ("", false)])
    func `a token is found in any list of its name`(token: String, isThere: Bool) {
        #expect(fields.hasToken("connection", token) == isThere)
    }

    @Test func `setting replaces all and keeps the place`() {
        var changed = fields
        changed["accept"] = "w"
        #expect(changed == Fields([("Host", "a"), ("Accept", "w"), ("Connection", "keep-alive , Upgrade")]))
        changed["New"] = "n"
        #expect(changed.count == 4 && changed["new"] == "n")
        changed["accept"] = nil
        #expect(changed.values("accept").isEmpty && changed.count == 3)
    }

    @Test func `removing takes all of a name`() {
        var changed = fields
        changed.remove("ACCEPT")
        #expect(changed.map(\.value) == ["a", "keep-alive , Upgrade"])
    }

    @Test func `equality minds values and order, but not the case of names`() {
        #expect(Fields([("A", "1"), ("B", "2")]) == ["a": "1", "b": "2"])
        #expect(Fields([("A", "1"), ("B", "2")]) != ["b": "2", "a": "1"])
        #expect(Fields([("A", "x")]) != ["A": "X"])
    }
}
