import HTTP
import Markup

/// `/home/people/ID/block-domain`: says what blocking somebody's whole server does, and does it.
extension WebPages {
    var blockDomainRoutes: [Route] {
        [
            page("/home/people/:id/block-domain") { visit in try await askToBlockDomain(visit) },
            form("/home/people/:id/block-domain") { visit, _ in
                let domain = try WebPages.domain(of: try await visit.person())
                _ = try await visit.ask.post("/api/v1/domain_blocks", [("domain", domain)])
                return .back
            },
        ]
    }

    private static func domain(of person: Person) throws -> String {
        guard let at = person.acct.firstIndex(of: "@") else {
            throw Refusal(.unprocessable, "This is your own server.")
        }
        return String(person.acct[person.acct.index(after: at)...])
    }

    private func askToBlockDomain(_ visit: Visit) async throws -> OwnerPage {
        let person = try await visit.person()
        let domain = try WebPages.domain(of: person)
        let ties = try await visit.ask.get("/api/v1/domain_blocks/preview", [("domain", domain)]).root
        let following = PostMarkup.count(ties.number("following_count"), "person", "people")
        let followers = PostMarkup.count(ties.number("followers_count"), "follower", "followers")
        return OwnerPage(
            title: "Block \(domain)?",
            main: """
                <h1>Block \(domain)?</h1>
                <p>Nothing comes from there any more and nothing goes there. You lose \(following) you follow and \
                \(followers) there; lifting the block later does not bring them back.</p>
                \(visit.form("/home/people/\(person.id)/block-domain", "<button>Block \(domain)</button> <a href=\"/home/people/\(person.id)\">Leave it</a>", back: "/home/people/\(person.id)"))
                """)
    }
}
