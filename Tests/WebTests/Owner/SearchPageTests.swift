import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct SearchPageTests {
    @Test func `people, posts and hashtags are found`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor("tulip")
        let post = try await site.house.makeStatus(by: bob, "<p>A tulip in spring.</p>")
        try await site.store.write { tx in try Hashtags.insert("tulips", status: post, in: tx) }
        try await site.house.index()
        let page = try await browser.page("/home/search?q=tulip")
        #expect(page.contains("@tulip@far.example"))
        #expect(page.contains("A tulip in spring."))
        #expect(page.contains("href=\"/home/tags/tulips\""))
        let people = try await browser.page("/home/search?q=tulip&type=accounts")
        #expect(people.contains("@tulip@far.example") && !people.contains("in spring"))
    }

    @Test func `an address or a handle opens what it names`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let post = try await site.house.makeStatus(by: bob)
        let places = [
            ("%40bob%40far.example", "/home/people/\(bob)"), ("bob%40far.example", "/home/people/\(bob)"),
            ("https%3A%2F%2Ffar.example%2Fusers%2Fbob", "/home/people/\(bob)"),
            ("https%3A%2F%2Ffar.example%2Fposts%2F\(post)", "/home/posts/\(post)"),
        ]
        for (query, place) in places {
            let answer = try await browser.get("/home/search?q=\(query)")
            #expect(answer.status == .seeOther && answer.fields["Location"] == place, "\(query)")
        }
    }

    @Test func `what is nowhere is said to be so`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        #expect(
            try await browser.page("/home/search?q=https%3A%2F%2Fgone.example%2F1").contains(
                "nobody answered"))
        #expect(try await browser.page("/home/search?q=%40a%40gone.example").contains("nobody answered"))
        #expect(try await browser.page("/home/search?q=nothing").contains("Nothing was found."))
        #expect(try await browser.page("/home/search").contains("opens it here"))
    }

    @Test(arguments: [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22", "%00%FF", "%22%20OR%201%3D1",
        "a%26type%3Db&type=x&offset=-1",
        "b&type=accounts&offset=99999999999999999999",
    ])
    func `whatever is typed is only text`(query: String) async throws {
        let page = try await Site().signIn().page("/home/search?q=\(query)")
        #expect(!page.contains("<script>"))
    }
}
