import Basics
import Connections
import Federation
import Foundation
import HTTP
import HouseSupport
import Markup
import Storage
import Synchronization
import Testing

@testable import Web

@Suite struct ConnectionsPagesTests {
    private let path = "/home/settings/connections"

    @Test(arguments: ConnectionKind.allCases)
    func `every kind is downloaded as a file`(kind: ConnectionKind) async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        #expect(try await browser.page(path).contains("\(path)/export/\(kind.fileName)"))
        let file = try await browser.get("\(path)/export/\(kind.fileName)")
        #expect(file.status == .ok)
        #expect(file.fields["Content-Type"] == "text/csv; charset=utf-8")
        #expect(file.fields["Content-Disposition"] == "attachment; filename=\"\(kind.fileName)\"")
        #expect(try await site.get("\(path)/export/\(kind.fileName)").status == .seeOther)
    }

    @Test(arguments: ["x.csv", "..csv", ".csv", "follows"])
    func `no other file is`(name: String) async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        #expect(try await browser.get("\(path)/export/\(name)").status == .notFound)
    }

    @Test func `a file is taken over after what it does was said, and once`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let plan = try await send(
            browser, "blocks", "merge", "eve@b.example\r\n=cmd|' /C calc'!A0\r\n<b>@c.example\r\n")
        #expect(plan.status == .ok)
        #expect(PageCheck.faults(in: plan.text, allowing: ["form", "script"]) == [])
        #expect(plan.text.contains("Lines of blocks in the file: 3."))
        #expect(try site.store.read { try ImportJobs.all(in: $0) }.isEmpty)
        let ticket = try pendingTicket(in: plan)
        let started = try await browser.submit("\(path)/start", ["ticket": ticket])
        let report = try #require(started.fields["Location"])
        #expect(started.status == .seeOther)
        let page = try await browser.page(report)
        #expect(page.contains("under way"))
        #expect(!page.contains("<b>@"))
        let again = try await browser.submit("\(path)/start", ["ticket": ticket])
        #expect(again.status == .conflict)
        #expect(try site.store.read { try ImportJobs.all(in: $0) }.count == 1)
        _ = try await browser.submit("\(report)/cancel", ["back": report])
        #expect(try await browser.page(report).contains("stopped"))
        // What cannot be begun now is kept, for a time.
        let next = try pendingTicket(in: try await send(browser, "blocks", "merge", "eve@b.example\n"))
        let busy = try await site.store.write { tx in
            try (0..<5).map { _ in try ImportJobs.insert(.mutes, replaces: false, at: Site.start, in: tx) }
        }
        #expect(try await browser.submit("\(path)/start", ["ticket": next]).status == .unprocessable)
        try await site.store.write { tx in try ImportJobs.remove(busy[0], in: tx) }
        #expect(try await browser.submit("\(path)/start", ["ticket": next]).status == .seeOther)
        let last = try pendingTicket(in: try await send(browser, "blocks", "merge", "eve@b.example\n"))
        try await site.store.write { tx in try ImportJobs.remove(busy[1], in: tx) }
        site.house.time.advance(by: .minutes(11))
        #expect(try await browser.submit("\(path)/start", ["ticket": last]).status == .conflict)
    }

    private func pendingTicket(in page: Response) throws -> String {
        String(
            try #require(
                page.text.components(separatedBy: "name=\"ticket\" value=\"").dropFirst().first?
                    .prefix { $0 != "\"" }))
    }

    @Test(arguments: [
        ("follows", "", "The file is empty."), ("nonsense", "a@b.example\n", "What is in the file?"),
        ("blocks", "Account address,Hide notifications\na@b.example,true\n", "say that the file holds mutes"),
    ])
    func `what cannot be taken over is said`(kind: String, content: String, reason: String) async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await send(browser, kind, "replace", content)
        #expect(answer.status == .unprocessable)
        #expect(answer.text.contains(reason))
        #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
    }

    @Test func `a file without the session's token is not looked at`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await send(browser, "blocks", "merge", "eve@b.example\n", token: "forged")
        #expect(answer.status == .forbidden)
    }

    @Test(arguments: ["0", "99", "x", "-1", "9223372036854775808"])
    func `an import that is not there has no report`(id: String) async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        #expect(try await browser.get("\(path)/imports/\(id)").status == .notFound)
    }

    @Test func `nobody is moved to whom nobody finds, and what was typed stays`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        _ = try await browser.page("/home/settings/moving")
        for act in ["alias", "plan", "move"] {
            let answer = try await browser.submit(
                "/home/settings/moving", ["act": act, "name": "@<b>@c.example", "password": House.password])
            #expect(answer.status == .unprocessable)
            #expect(answer.text.contains("value=\"@&lt;b&gt;@c.example\""))
            #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
        }
        #expect(try await browser.submit("/home/settings/moving", ["act": "x"]).status == .badRequest)
    }

    @Test func `the owner names an alias, moves to an account that agrees, and takes both back`() async throws
    {
        let site = try await Site()
        let browser = try await site.signIn()
        let ann = "https://b.example/users/ann"
        let answers = [
            "/.well-known/webfinger":
                #"{"subject":"acct:ann@b.example","links":[{"rel":"self","type":"application/activity+json","href":"\#(ann)"}]}"#,
            "/users/ann":
                #"{"@context":"https://www.w3.org/ns/activitystreams","id":"\#(ann)","type":"Person","preferredUsername":"ann","inbox":"\#(ann)/inbox","alsoKnownAs":["\#(site.identity.actor)"]}"#,
        ]
        site.house.network.withLock {
            $0 = { request in
                guard request.url.host == "b.example", let body = answers[request.url.path] else {
                    return nil
                }
                return OutboundResponse(
                    status: .ok, fields: ["Content-Type": "application/activity+json"],
                    body: Array(body.utf8),
                    url: request.url)
            }
        }
        let path = "/home/settings/moving"
        func act(_ act: String, _ more: (String, String)...) async throws -> Response {
            let form = KeyValuePairs(dictionaryLiteral: ("act", act), ("name", "@ann@b.example"))
            guard let more = more.first else { return try await browser.submit(path, form) }
            return try await browser.submit(
                path, KeyValuePairs(dictionaryLiteral: form[0], form[1], (more.0, more.1)))
        }
        #expect(try await act("alias").status == .seeOther)
        #expect(try await browser.page(path).contains("<bdi>@ann@b.example</bdi>"))
        let plan = try await act("plan")
        #expect(plan.status == .ok && plan.text.contains("Move to <bdi>@ann@b.example</bdi>?"))
        #expect(PageCheck.faults(in: plan.text, allowing: ["form", "script"]) == [])
        #expect(try await act("move", ("password", "wrong")).status == .forbidden)
        #expect(try await !browser.page(path).contains("You have gone to"))
        #expect(try await act("move", ("password", House.password)).status == .seeOther)
        #expect(try await browser.page(path).contains("You have gone to <bdi>@ann@b.example</bdi>"))
        #expect(try await site.page("/@me").contains("Has moved to"))
        for gone in ["end", "unalias"] { #expect(try await act(gone, ("uri", ann)).status == .seeOther) }
        let page = try await browser.page(path)
        #expect(!page.contains("You have gone to") && page.contains("There is no alias."))
    }

    private func send(
        _ browser: Browser, _ kind: String, _ mode: String, _ content: String, token: String? = nil
    ) async throws -> Response {
        let own =
            FormToken(secret: browser.secret ?? "").field.text.components(separatedBy: "value=\"").last ?? ""
        let fields = [
            (FormToken.name, token ?? String(own.prefix { $0 != "\"" })), ("kind", kind), ("mode", mode),
        ]
        var body = ""
        for (name, value) in fields {
            body += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body +=
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../<b>.csv\"\r\n\r\n\(content)\r\n--b--\r\n"
        return try await browser.site.send(
            Request(
                .post, path + "/import",
                fields: Fields([
                    ("Host", browser.site.identity.host), ("Content-Type", "multipart/form-data; boundary=b"),
                    ("Cookie", "__Secure-islet=\(browser.secret ?? "")"),
                ]), body: .bytes(Array(body.utf8))))
    }
}
