import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import Web

@Suite struct WritingFilesTests {
    private static let picture = Browser.File(field: "files", bytes: Picture.png)

    @Test func `a picture is added, described, and published with the post`() async throws {
        let browser = try await Site().signIn()
        let added = try await browser.write([("text", "Look")], act: "files", files: [Self.picture])
        let text = browser.checked(added, .ok)
        var form = Browser.filled(text, action: "/home/write")
        let media = try #require(form.first { $0.0 == "media" }?.1)
        form.removeAll { $0.0 == "alt-\(media)" || $0.0 == "focus-\(media)" }
        form += [("alt-\(media)", "A <b>cat</b>"), ("focus-\(media)", "0.0,1.0"), ("act", "publish")]
        let file = try #require(
            try await browser.post(try await browser.send("/home/write", form)).files.first)
        #expect(file.id == media && file.description == "A <b>cat</b>" && file.focus == "0.0,1.0")
    }

    @Test func `files go out with the first click as well, and an empty field is none`() async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.write([("text", "Look")], files: [Self.picture, Self.picture])
        #expect(try await browser.post(answer).files.count == 2)
        let nothing = Browser.File(field: "files", name: "", bytes: [])
        #expect(
            try await browser.post(try await browser.write([("text", "Plain")], files: [nothing])).files
                .isEmpty)
    }

    @Test func `a form with a file that is sent twice makes one post, and another file is told`() async throws
    {
        let browser = try await Site().signIn()
        let form =
            Browser.filled(
                try await browser.page("/home/write"), action: "/home/write", [("text", "Look")])
            + [("act", "publish")]
        let first = try await browser.send("/home/write", form, files: [Self.picture])
        let second = try await browser.send("/home/write", form, files: [Self.picture])
        #expect(first.status == .seeOther && first.fields["Location"] == second.fields["Location"])
        for files in [[], [Browser.File(field: "files", bytes: Picture.png(width: 9, height: 9))]] {
            let other = try await browser.send("/home/write", form, files: files)
            #expect(browser.checked(other, .conflict).contains("says something else there"))
        }
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.count == 1)
    }

    @Test func `a file that cannot be taken costs neither the text nor the other files`() async throws {
        let browser = try await Site().signIn()
        let bad = Browser.File(
            field: "files", name: "<script>alert(1)</script>.exe", bytes: Array("MZ nothing".utf8))
        let answer = try await browser.write(
            [("text", "Kept"), ("warning", "also")], files: [Self.picture, bad, Self.picture])
        let text = browser.checked(answer, .unprocessable)
        #expect(text.contains("Files of this kind cannot be uploaded here.") && !text.contains("alert(1)"))
        let form = Browser.filled(text, action: "/home/write")
        #expect(form.contains { $0 == ("text", "Kept") } && form.contains { $0 == ("warning", "also") })
        #expect(form.count(where: { $0.0 == "media" }) == 2)
        #expect(try await browser.asker.get("/api/v1/timelines/home").elements.isEmpty)
    }

    @Test func `a fifth file is told`() async throws {
        let browser = try await Site().signIn()
        let five = Array(repeating: Self.picture, count: 5)
        let text = browser.checked(
            try await browser.write([("text", "x")], act: "files", files: five), .unprocessable)
        #expect(text.contains("No more than 4 files can be added."))
        let form = Browser.filled(text, action: "/home/write")
        #expect(form.count(where: { $0.0 == "media" }) == 4)
        let more = try await browser.send("/home/write", form, files: [Self.picture])
        #expect(browser.checked(more, .unprocessable).contains("A post has no more than 4 files."))
    }

    @Test func `a file can be taken out again`() async throws {
        let browser = try await Site().signIn()
        let text = browser.checked(
            try await browser.write([("text", "x")], act: "files", files: [Self.picture, Self.picture]), .ok)
        let form = Browser.filled(text, action: "/home/write")
        let media = form.filter { $0.0 == "media" }.map(\.1)
        let answer = try await browser.send("/home/write", form + [("act", "drop-\(media[0])")])
        let left = Browser.filled(browser.checked(answer, .ok), action: "/home/write")
        #expect(left.filter { $0.0 == "media" }.map(\.1) == [media[1]])
    }

    @Test func `files of nobody are left out with a word`() async throws {
        let browser = try await Site().signIn()
        let form = Browser.filled(
            try await browser.page("/home/write"), action: "/home/write", [("text", "x")])
        let answer = try await browser.send(
            "/home/write", form + [("media", "999"), ("media", "../etc"), ("media", "999")])
        let text = browser.checked(answer, .ok)
        #expect(text.contains("not here any more") && !text.contains("name=\"media\""))
    }

    @Test func `a form that breaks off is refused`() async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.site.send(
            Request(
                .post, "/home/write",
                fields: Fields([
                    ("Host", browser.site.identity.host), ("Content-Type", "multipart/form-data; boundary=x"),
                    ("Cookie", "__Secure-islet=\(browser.secret ?? "")"),
                ]),
                body: .bytes(Array("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhal".utf8))))
        #expect(answer.status == .badRequest && answer.text.contains("Go back in the browser"))
    }
}
