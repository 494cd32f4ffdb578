import Foundation
import HTTP
import HouseSupport
import JSON
import Markup
import Storage
import Testing

@testable import Web

@Suite struct WritingPagesTests {
    private func page(_ answer: Response, _ browser: Browser, _ status: HTTP.Status = .ok) -> String {
        browser.checked(answer, status)
    }

    @Test func `a post goes out as the form says`() async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.write([
            ("text", "Hello\r\n\r\n#World"), ("warning", "Careful"), ("visibility", "unlisted"),
            ("language", "fr"), ("policy", "nobody"),
        ])
        let post = try await browser.post(answer)
        #expect(browser.place(answer) == "/home/posts/\(post.id)")
        let raw = try await browser.asker.get("/api/v1/statuses/\(post.id)").root
        #expect(post.content.text.contains("<p>Hello</p>"))
        #expect(post.warning == "Careful" && post.visibility == "unlisted" && post.language == "fr")
        #expect(raw["quote_approval"]?.list("automatic").isEmpty == true)
    }

    @Test func `nothing is published by a form without its button`() async throws {
        let browser = try await Site().signIn()
        let form = Browser.filled(
            try await browser.page("/home/write"), action: "/home/write", [("text", "Not yet")])
        let text = page(try await browser.send("/home/write", form), browser)
        #expect(text.contains("Not yet</textarea>"))
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.isEmpty)
    }

    @Test func `what is refused comes back as it was typed, with the reason`() async throws {
        let browser = try await Site().signIn()
        let long = String(repeating: "a", count: 600)
        let answer = try await browser.write([
            ("text", "\n\(long)<b>&"), ("warning", "\"><i>"), ("language", "de"), ("option", "one"),
            ("option", "two"),
            ("visibility", "private"), ("sensitive", "1"), ("date", "2030-01-02"), ("time", "10:30"),
        ])
        let text = page(answer, browser, .unprocessable)
        #expect(text.contains("Text character limit of 500 exceeded"))
        let again = Browser.filled(text, action: "/home/write")
        func value(_ name: String) -> String? { again.first { $0.0 == name }?.1 }
        #expect(value("text") == "\n\(long)<b>&" && value("warning") == "\"><i>")
        #expect(value("language") == "de" && value("visibility") == "private" && value("sensitive") == "1")
        #expect(value("date") == "2030-01-02" && value("time") == "10:30" && value("option") == "one")
    }

    private static let faults: [([(String, String)], String)] = [
        ([("text", "")], "Text can&#39;t be blank."),
        ([("text", "x"), ("option", "a")], "Options must have more than one item."),
        ([("text", "x"), ("option", "a"), ("option", "a")], "Options contain duplicate items."),
        ([("text", "x"), ("option", "a"), ("option", "b"), ("lasting", "1")], "Expires at is too soon."),
        ([("text", "x"), ("visibility", "nobody")], "Visibility is not included in the list."),
        ([("text", "x"), ("date", "2024-01-01"), ("time", "10:00")], "That moment has passed."),
        ([("text", "x"), ("date", "2030-01-01")], "give both a date and a time"),
        ([("text", "x"), ("date", "2030-02-31"), ("time", "10:00")], "That is no date and time."),
        ([("text", "x"), ("time", "10:00:00\u{1F600}"), ("date", "99999")], "That is no date and time."),
    ]

    @Test(arguments: faults)
    func `a fault is told in words`(changes: [(String, String)], words: String) async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.write(changes.map { ($0.0, Optional($0.1)) })
        #expect(page(answer, browser, .unprocessable).contains(words))
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.isEmpty)
    }

    @Test func `the preview shows the post and publishes nothing`() async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.write(
            [("text", "**Bold** <script>x</script> https://example.com/a"), ("format", "text/markdown")],
            act: "preview")
        let text = page(answer, browser)
        #expect(text.contains("<h2 id=\"preview\">") && text.contains("<strong>Bold</strong>"))
        #expect(!text.contains("<script>x"))
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.isEmpty)
    }

    @Test func `a poll gets its choices one by one`() async throws {
        let browser = try await Site().signIn()
        let more = try await browser.write(
            [("text", "Which?"), ("option", "<b>a</b>"), ("option", "b")], act: "option")
        let form = Browser.filled(page(more, browser), action: "/home/write")
        #expect(form.filter { $0.0 == "option" }.map(\.1) == ["<b>a</b>", "b", ""])
        let answer = try await browser.send(
            "/home/write", form + [("act", "publish"), ("multiple", "1"), ("hide", "1")])
        let poll = try #require(try await browser.post(answer).poll)
        #expect(poll.options.map(\.title) == ["<b>a</b>", "b"] && poll.isMultiple)
        #expect(poll.options[0].votes == nil)
    }

    @Test func `an answer mentions who takes part, and stays as private as what it answers`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let zoe = try await site.stranger("zoe")
        let parent = try await site.foreignPost(by: zoe, "<p>Hi</p>", visibility: .private)
        let text = try await browser.page("/home/write?reply=\(parent)")
        #expect(text.contains("@zoe@b.example </textarea>") && text.contains("id=\"post-\(parent)\""))
        #expect(!text.contains("class=\"acts\""), "pressing one would lose the text")
        #expect(Browser.filled(text, action: "/home/write").contains { $0 == ("visibility", "private") })
        let answer = try await browser.write([("text", "Hello")], at: "/home/write?reply=\(parent)")
        let post = try await browser.post(answer)
        #expect(post.inReplyTo == parent.description && post.visibility == "private")
        #expect(browser.place(answer) == "/home/posts/\(parent)#post-\(post.id)")
    }

    @Test func `an answer to what is gone keeps its text`() async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.write([("text", "My answer"), ("reply", "12345")])
        let text = page(answer, browser, .notFound)
        #expect(text.contains("is not there any more") && text.contains("My answer</textarea>"))
    }

    @Test func `a quote shows what it quotes`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let own = try await site.post("<p>Quotable</p>")
        let text = try await browser.page("/home/write?quote=\(own)")
        #expect(text.contains("Quotable") && text.contains("<h1>Quote a post</h1>"))
        let answer = try await browser.write([("text", "Look")], at: "/home/write?quote=\(own)")
        #expect(try await browser.post(answer).quote?.post?.id == own.description)
    }

    @Test func `a new message names its reader`() async throws {
        let browser = try await Site().signIn()
        let text = try await browser.page("/home/write?to=zoe@b.example&text=%3Cb%3E")
        #expect(text.contains("@zoe@b.example &lt;b&gt;</textarea>"))
        #expect(Browser.filled(text, action: "/home/write").contains { $0 == ("visibility", "direct") })
    }

    @Test func `a form that is sent twice makes one post`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let form = Browser.filled(
            try await browser.page("/home/write"), action: "/home/write", [("text", "Once \r\n")])
        let first = try await browser.send("/home/write", form + [("act", "publish")])
        let second = try await browser.send("/home/write", form + [("act", "publish")])
        #expect(first.status == .seeOther && first.fields["Location"] == second.fields["Location"])
        // A browser that opens its windows again sends what it sent.
        site.house.time.advance(by: .seconds(20 * 86_400))
        let later = try await browser.send("/home/write", form + [("act", "publish")])
        #expect(later.fields["Location"] == first.fields["Location"])
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.count == 1)
    }

    @Test func `two tabs with one draft: the second is told, and keeps its text`() async throws {
        let browser = try await Site().signIn()
        let form = Browser.filled(try await browser.page("/home/write"), action: "/home/write")
        func with(_ text: String) -> [(String, String)] {
            form.filter { $0.0 != "text" } + [("text", text), ("act", "publish")]
        }
        let first = try await browser.post(try await browser.send("/home/write", with("First")))
        let second = page(try await browser.send("/home/write", with("Second")), browser, .conflict)
        #expect(second.contains("was published already") && second.contains("/home/posts/\(first.id)"))
        let again = Browser.filled(second, action: "/home/write")
        #expect(again.contains { $0 == ("text", "Second") })
        let third = try await browser.send("/home/write", again + [("act", "publish")])
        #expect(try await browser.post(third).id != first.id)
    }

    @Test func `two tabs with one draft and the same words: what else differs is told too`() async throws {
        let browser = try await Site().signIn()
        let form = Browser.filled(
            try await browser.page("/home/write"), action: "/home/write",
            [("text", "Same"), ("option", "a"), ("option", "b"), ("act", "publish")])
        let first = try await browser.post(try await browser.send("/home/write", form))
        let changes: [[(String, String)]] = [
            [("visibility", "private")], [("option", "a"), ("option", "c")], [("multiple", "1")],
            [("lasting", "300")], [("warning", "w")], [("sensitive", "1")], [("language", "nl")],
            [("reply", first.id)], [("quote", first.id)],
        ]
        for change in changes {
            let other = form.filter { pair in !change.contains { $0.0 == pair.0 } } + change
            let text = page(try await browser.send("/home/write", other), browser, .conflict)
            #expect(text.contains("says something else there"), "\(change)")
        }
        let again = try await browser.send("/home/write", form)
        #expect(browser.place(again) == "/home/posts/\(first.id)")
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.count == 1)
    }

    @Test(arguments: [nil, ""])
    func `where nothing says who may see it, only those see it who are mentioned`(visibility: String?)
        async throws
    {
        let browser = try await Site().signIn()
        let answer = try await browser.write([("text", "Hush"), ("visibility", visibility)])
        #expect(try await browser.post(answer).visibility == "direct")
    }

    @Test func `a forged form does nothing, and one of an earlier session comes back`() async throws {
        let browser = try await Site().signIn()
        let form = Browser.filled(
            try await browser.page("/home/write"), action: "/home/write",
            [("text", "Mine"), (FormToken.name, "forged")])
        let answer = try await browser.send("/home/write", form + [("act", "publish")])
        #expect(page(answer, browser, .forbidden).contains("Mine</textarea>"))
        let foreign = try await browser.send(
            "/home/write", form + [("act", "publish")], more: [("Sec-Fetch-Site", "cross-site")])
        #expect(foreign.status == .forbidden && !foreign.text.contains("Mine"))
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.isEmpty)
    }

    @Test func `what was typed when the session had ended stands on the page to sign in`() async throws {
        let browser = try await Site().signIn()
        let form = Browser.filled(
            try await browser.page("/home/write"), action: "/home/write",
            [("text", "\nMine <b>"), ("act", "publish")])
        _ = try await browser.submit("/home/logout")
        func send(
            _ cookie: String, _ length: Int, site: String = "same-origin"
        ) async throws -> Response {
            try await browser.send(
                "/home/write?reply=1", form,
                files: [Browser.File(field: "files", bytes: Picture.png)],
                more: [
                    ("Cookie", cookie), ("Content-Length", "\(length)"), ("Sec-Fetch-Site", site),
                ])
        }
        let text = page(try await send("islet=ended", 2_000), browser, .unauthorized)
        #expect(
            text.contains("\n\nMine &lt;b&gt;</textarea>") && text.contains("value=\"/home/write?reply=1\""))
        #expect(try await send("islet=ended", 2_000, site: "cross-site").status == .seeOther)
        #expect(
            try await send("islet=ended", 1 << 30).fields["Location"]
                == "/home/login?next=%2Fhome%2Fwrite%3Freply%3D1")
    }

    @Test func `a text larger than any is refused without harm`() async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.write([("text", String(repeating: "a", count: 1_100_000))])
        #expect(answer.status == .contentTooLarge)
        #expect(answer.text.contains("larger than 1048576 bytes") && answer.text.contains("send less text"))
    }
}
