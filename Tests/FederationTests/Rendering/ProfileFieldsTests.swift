import Federation
import Testing

struct ProfileFieldsTests {
    @Test func `rows with a name and a value are read`() {
        let rows = ProfileFields.read(
            #"[{"name":"a","value":"<b>b</b>","verified_at":null},{"name":"c"},5,{"name":"d","value":""}]"#)
        #expect(rows.map(\.name) == ["a", "d"] && rows.map(\.value) == ["<b>b</b>", ""])
    }

    @Test(arguments: [nil, "", "[", "{}", "null"] as [String?])
    func `what is no table is empty`(stored: String?) {
        #expect(ProfileFields.read(stored).isEmpty)
    }
}
