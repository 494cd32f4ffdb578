import HTTP
import HouseSupport
import JSON
import Markup
import Storage
import Testing

@testable import Web

@Suite struct EditingTests {
    private static let picture = Browser.File(field: "files", bytes: Picture.png)

    private func edit(_ post: Post, _ browser: Browser, _ changes: [(String, String?)] = []) async throws
        -> [(String, String)]
    {
        Browser.filled(
            try await browser.page("/home/write?edit=\(post.id)"), action: "/home/write", changes)
    }

    @Test func `what is not touched stays as it was`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let first = try await browser.post(
            try await browser.write([
                ("text", "**One**"), ("format", "text/markdown"), ("warning", "w"), ("language", "nl"),
                ("option", "a"), ("option", "b"), ("multiple", "1"), ("hide", "1"), ("lasting", "259200"),
                ("visibility", "private"),
            ]))
        site.house.time.advance(by: .seconds(90))
        let form = try await edit(first, browser, [("text", "**Two**")])
        let answer = try await browser.send("/home/write", form + [("act", "publish")])
        #expect(browser.place(answer) == "/home/posts/\(first.id)")
        let second = try await browser.post(answer)
        #expect(second.content.text.contains("<strong>Two</strong>") && second.editedAt != nil)
        #expect(second.warning == "w" && second.language == "nl" && second.visibility == "private")
        #expect(second.poll?.expiresAt == first.poll?.expiresAt && second.poll?.isMultiple == true)
        #expect(second.poll?.options.map(\.title) == ["a", "b"] && second.poll?.options[0].votes == nil)
    }

    @Test func `files stay, get other words, and new ones join them`() async throws {
        let browser = try await Site().signIn()
        let first = try await browser.post(
            try await browser.write([("text", "Look")], files: [Self.picture]))
        let media = try #require(first.files.first).id
        let form = try await edit(first, browser, [("alt-\(media)", "Described")])
        let answer = try await browser.send(
            "/home/write", form + [("act", "publish")],
            files: [Browser.File(field: "files", bytes: Picture.cleanPNG)])
        let second = try await browser.post(answer)
        #expect(second.files.map(\.description) == ["Described", ""] && second.files[0].id == media)
    }

    @Test func `two tabs: a version that somebody replaced is not replaced unseen`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let post = try await browser.post(try await browser.write([("text", "One")]))
        let mine = try await edit(post, browser, [("text", "Mine")])
        let other = try await edit(post, browser, [("text", "Other")])
        site.house.time.advance(by: .seconds(5))
        _ = try await browser.post(try await browser.send("/home/write", other + [("act", "publish")]))
        let refused = try await browser.send("/home/write", mine + [("act", "publish")])
        let text = browser.checked(refused, .conflict)
        #expect(text.contains("Other</p>") && text.contains("Mine</textarea>"))
        let again = Browser.filled(text, action: "/home/write")
        let saved = try await browser.post(
            try await browser.send("/home/write", again + [("act", "publish")]))
        #expect(saved.content.text == "<p>Mine</p>")
    }

    @Test func `an edit that is sent twice is one edit`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let post = try await browser.post(try await browser.write([("text", "One")]))
        let form = try await edit(post, browser, [("text", "Two")]) + [("act", "publish")]
        site.house.time.advance(by: .seconds(5))
        let once = try await browser.post(try await browser.send("/home/write", form))
        let twice = try await browser.post(try await browser.send("/home/write", form))
        #expect(once.editedAt == twice.editedAt)
    }

    @Test func `an edit of what is gone becomes a new post if the owner wants, for nobody else than before`()
        async throws
    {
        let browser = try await Site().signIn()
        let parent = try await browser.post(try await browser.write([("text", "Zero")]))
        let post = try await browser.post(
            try await browser.write(
                [("text", "One"), ("visibility", "private")], at: "/home/write?reply=\(parent.id)"))
        let form = try await edit(post, browser, [("text", "Two")])
        _ = try await browser.asker.send(.delete, "/api/v1/statuses/\(post.id)", [])
        let answer = try await browser.send("/home/write", form + [("act", "publish")])
        let text = browser.checked(answer, .notFound)
        let again = Browser.filled(text, action: "/home/write") + [("act", "publish")]
        let new = try await browser.post(try await browser.send("/home/write", again))
        #expect(new.content.text == "<p>Two</p>")
        #expect(new.visibility == "private" && new.inReplyTo == parent.id)
    }

    @Test func `what is different in anything but the text is not dropped as if it were saved`() async throws
    {
        let site = try await Site()
        let browser = try await site.signIn()
        let first = try await browser.post(
            try await browser.write([("text", "Look")], files: [Self.picture]))
        let media = try #require(first.files.first).id
        let changes: [(String, String)] = [
            ("alt-\(media)", "Described"), ("focus-\(media)", "1.0,0.0"), ("sensitive", "1"),
            ("language", "nl"), ("format", "text/markdown"), ("media", "0"),
        ]
        let mine = try await edit(first, browser, [("text", "Two")])
        site.house.time.advance(by: .seconds(5))
        _ = try await browser.send("/home/write", mine + [("act", "publish")])
        for (name, value) in changes {
            let form = mine.filter { $0.0 != name && $0.0 != "draft" } + [(name, value), ("act", "publish")]
            let text = browser.checked(try await browser.send("/home/write", form), .conflict)
            #expect(text.contains("Nothing is saved yet"), "\(name)")
        }
        let same = mine.filter { $0.0 != "draft" } + [("act", "publish")]
        #expect(browser.place(try await browser.send("/home/write", same)) == "/home/posts/\(first.id)")
    }

    @Test func `a picture without a focus, with words on two lines, is untouched by a save`() async throws {
        let browser = try await Site().signIn()
        let added = browser.checked(
            try await browser.write([("text", "Look")], act: "files", files: [Self.picture]), .ok)
        let media = try #require(
            Browser.filled(added, action: "/home/write").first { $0.0 == "media" }?.1)
        let form = Browser.filled(
            added, action: "/home/write", [("alt-\(media)", " A\r\ncat "), ("focus-\(media)", "0.0,1.0")])
        let first = try await browser.post(
            try await browser.send("/home/write", form + [("act", "publish")]))
        #expect(first.files.first?.description == "A\ncat" && first.files.first?.focus == "0.0,1.0")
        let middle = try await edit(first, browser, [("focus-\(media)", "0.0,0.0")])
        let second = try await browser.post(
            try await browser.send("/home/write", middle + [("act", "publish")]))
        #expect(second.files.first?.focus == "0.0,0.0" && second.editedAt != nil)
        let plain = try await browser.post(
            try await browser.write([("text", "Plain")], files: [Self.picture]))
        let other = try #require(plain.files.first).id
        let described = try await edit(plain, browser, [("alt-\(other)", "A\r\ncat")])
        let third = try await browser.post(
            try await browser.send("/home/write", described + [("act", "publish")]))
        let untouched = try await edit(third, browser, [("alt-\(other)", "A\r\ncat")])
        let fourth = try await browser.post(
            try await browser.send("/home/write", untouched + [("act", "publish")]))
        #expect(fourth.editedAt == third.editedAt)
    }

    @Test func `an edit leaves a poll over that is over, and takes a language away`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let first = try await browser.post(
            try await browser.write([
                ("text", "Which?"), ("language", "nl"), ("option", "a"), ("option", "b"), ("lasting", "300"),
                ("hide", "1"),
            ]))
        site.house.time.advance(by: .seconds(3_600))
        let form = try await edit(first, browser, [("text", "Which one?"), ("language", "")])
        let second = try await browser.post(
            try await browser.send("/home/write", form + [("act", "publish")]))
        #expect(second.poll?.isClosed == true && second.poll?.expiresAt == first.poll?.expiresAt)
        #expect(second.content.text == "<p>Which one?</p>" && second.language == nil)
        var anew = try await edit(second, browser)
        anew[try #require(anew.lastIndex { $0.0 == "option" })].1 = "c"
        let refused = try await browser.send("/home/write", anew + [("act", "publish")])
        #expect(browser.checked(refused, .unprocessable).contains("Expires at is too soon."))
    }

    @Test func `a stranger's post cannot be edited`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let post = try await site.foreignPost(by: try await site.stranger("zoe"), "<p>Hi</p>")
        #expect(try await browser.get("/home/write?edit=\(post)").status == .notFound)
        let answer = try await browser.write([("text", "x"), ("edit", "\(post)"), ("version", "x")])
        #expect(answer.status == .notFound)
    }
}
