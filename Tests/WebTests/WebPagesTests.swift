import HTTP
import Testing

struct WebPagesTests {
    @Test func `the root leads to the profile`() async throws {
        let response = try await Site().get("/")
        #expect(response.status == .found && response.fields["Location"] == "https://islet.example/@me")
    }

    @Test(arguments: ["/@you", "/@me@b.example", "/nowhere", "/tags/" + String(repeating: "x", count: 500)])
    func `a browser gets a page about what is not there`(path: String) async throws {
        let response = try await Site().get(path)
        #expect(response.status == .notFound && PageCheck.faults(in: response.text) == [])
    }

    @Test func `a program gets a sentence`() async throws {
        let response = try await Site().get("/nowhere", accept: "application/json")
        #expect(response.status == .notFound && response.text == "There is nothing here.\n")
    }

    @Test func `the name is found without regard to case`() async throws {
        _ = try await Site().page("/@ME")
    }
}
