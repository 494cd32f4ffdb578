import HTTP
import HouseSupport
import JSON
import Storage
import Testing

struct EmbedPageTests {
    @Test func `only this page may be shown in other sites`() async throws {
        let site = try await Site()
        let id = try await site.post("<p>Hello</p>")
        let response = try await site.get("/@me/\(id)/embed")
        #expect(PageCheck.faults(in: response.text) == [])
        #expect(response.fields["Content-Security-Policy"]?.contains("frame-ancestors *") == true)
        #expect(response.text.contains("<base target=\"_blank\">") && !response.text.contains("<footer"))
        #expect(
            try await site.get("/@me/\(id)").fields["Content-Security-Policy"]?.contains(
                "frame-ancestors 'none'")
                == true)
    }

    @Test func `what is not for everybody is not there`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let foreign = try await site.foreignPost(by: bob, "<p>foreign</p>")
        let hidden = try await site.post(visibility: .private, minutes: 1)
        let boost = try await site.post("", minutes: 2) { $0.reblogOf = foreign }
        for path in [
            "/@me/\(foreign)", "/@me/\(hidden)", "/@me/\(boost)", "/@me/1", "/@me/x", "/@you/\(hidden)",
        ] {
            #expect(try await site.get(path + "/embed").status == .notFound)
        }
    }

    @Test func `a page names its frame for other sites, which is answered`() async throws {
        let site = try await Site { $0.name = "\"<Me>" }
        let id = try await site.post()
        let page = try await site.page("/@me/\(id)")
        let address = "/api/oembed?format=json&amp;url=https%3A%2F%2Fislet.example%2F%40me%2F\(id)"
        #expect(
            page.contains(
                #"<link rel="alternate" type="application/json+oembed" href="https://islet.example\#(address)""#
            ))
        let answer = try await site.get("/api/oembed?url=https%3A%2F%2Fislet.example%2F%40me%2F\(id)")
        #expect(answer.status == .ok)
        let json = try Document(answer.bytes).root
        #expect(json["type"]?.string == "rich" && json["version"]?.string == "1.0")
        #expect(json["author_name"]?.string == "\"<Me>")
        #expect(
            json["html"]?.string?.hasPrefix(
                "<iframe src=\"https://islet.example/@me/\(id)/embed\" width=\"400\"") == true)
    }
}
