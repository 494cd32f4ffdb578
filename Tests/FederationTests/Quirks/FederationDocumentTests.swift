import Testing

/// `FEDERATION.md` says what is so.
struct FederationDocumentTests {
    @Test func `every test that the document names is there`() throws {
        let document = try FederationDocument()
        let all = try FederationDocument.allTests()
        let named = FederationDocument.tests(in: document.text)
        #expect(named.count > 100 && all.count > 1_000)
        #expect(Set(named).subtracting(all).map(\.description).sorted() == [])
    }

    @Test func `every activity has a test for each direction that there is`() throws {
        let rows = try FederationDocument().table("Activities")
        #expect(rows.count >= 16)
        for row in rows {
            #expect(row.count == 5, "\(row)")
            guard row.count == 5 else { continue }
            for (what, tests) in [(row[1], row[2]), (row[3], row[4])] {
                #expect((what == "–") == FederationDocument.tests(in: tests).isEmpty, "\(row[0])")
            }
        }
    }

    @Test func `every quirk has a test or a reason`() throws {
        let rows = try FederationDocument().table("Quirks")
        #expect(rows.map { Int($0.first ?? "") } == Array(1...72))
        for row in rows {
            #expect(row.count == 4, "\(row)")
            guard let last = row.last else { continue }
            #expect(!FederationDocument.tests(in: last).isEmpty || last.hasPrefix("declined: "), "\(row[0])")
        }
    }
}
