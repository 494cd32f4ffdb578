import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Markup
import Storage
import Testing

@testable import Web

@Suite struct ServerPageTests {
    @Test func `the numbers are those of the report, in words`() throws {
        let report = try Document(
            Array(
                """
                {"memory": 12345678, "uptime": 93784, "last_backup": "never", "<new>": 3,
                 "hosts_in_trouble": [{"host": "<b>.example", "failures": 1, "failing_since": 1704164645000,
                    "next_attempt": 1704164645000, "last_error": "\\"<refused>", "dead": false}],
                 "posts": [{"post": "https://islet.example/users/me/statuses/7", "has": 2, "waiting": 1, "refused": []}]}
                """.utf8)
        ).root
        #expect(report.members.filter(ServerMarkup.isUnknown).map(\.0) == ["last_backup"])
        let facts = report.members.filter { $0.value.kind == .number || $0.value.kind == .string }
            .map { ServerMarkup.fact($0.key, $0.value, Words()).text }
        #expect(
            facts == [
                "<dt>Memory</dt><dd>12.3 MB</dd>\n",
                "<dt>Running for</dt><dd>1 day 2 h</dd>\n",
                "<dt>Last backup</dt><dd>never</dd>\n",
                "<dt>&lt;new&gt;</dt><dd>3</dd>\n",
            ])
        let trouble = ServerMarkup.trouble(report.list("hosts_in_trouble")).text
        #expect(trouble.contains("<bdi>&lt;b&gt;.example</bdi>"))
        #expect(trouble.contains("1 failure since <time datetime=\"2024-01-02T03:04:05Z\">"))
        #expect(trouble.contains(": &quot;&lt;refused&gt;"))
        #expect(ServerMarkup.posts(report.list("posts")).text.contains("href=\"/home/posts/7/deliveries\""))
    }

    @Test(arguments: [
        (0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (-5, "-5 bytes"), (12_345, "12.3 kB"),
        (Int.max, "9223372.0 TB"),
    ])
    func `sizes are short`(bytes: Int, text: String) {
        #expect(ServerMarkup.size(bytes) == text)
    }

    @Test func `the page stands also before there is a report`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let page = try await browser.page("/home/server")
        #expect(page.contains("<dt>Version</dt><dd>1.2.3</dd>"))
    }

    @Test func `who has a post is told host by host`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let id = try await site.post("<p>Hello</p>")
        try await site.store.write { tx in
            let inboxes = try ["a", "b", "c"].map {
                try Inboxes.id(of: "https://\($0).example/inbox", in: tx)
            }
            try Deliveries.enqueue(
                Deliveries.Letter(kind: "Create", body: [1], status: id), to: inboxes, at: Site.start, in: tx)
            for due in try Deliveries.due(at: Site.start, limit: 10, in: tx) where due.hostName != "b.example"
            {
                let reason = due.hostName == "c.example" ? "HTTP 403 <no>" : nil
                try Deliveries.note(id, host: due.host, reason: reason, at: Site.start, in: tx)
                try Deliveries.settle(inbox: due.inbox, item: due.item, in: tx)
            }
        }
        let page = try await browser.page("/home/posts/\(id)/deliveries")
        #expect(page.contains("<h2>1 have it</h2>") && page.contains("<bdi>a.example</bdi>"))
        #expect(page.contains("<h2>1 wait</h2>") && page.contains("<bdi>b.example</bdi>"))
        #expect(page.contains("<h2>1 refused it</h2>") && page.contains("HTTP 403 &lt;no&gt;"))
    }

    @Test func `nobody else's posts are told about`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let stranger = try await site.stranger("eve")
        let id = try await site.foreignPost(by: stranger, "<p>x</p>")
        for part in [id.description, "999", "x", "-1", "9223372036854775808"] {
            #expect(try await browser.get("/home/posts/\(part)/deliveries").status == .notFound, "\(part)")
        }
    }
}
