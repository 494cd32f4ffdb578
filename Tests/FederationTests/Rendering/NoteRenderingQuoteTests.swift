import ActivityPub
import Basics
import Federation
import JSON
import Storage
import Testing

struct NoteRenderingQuoteTests {
    private static let stamp = "https://b.example/stamps/1"

    private func note(_ id: StatusID, of house: Household) throws -> JSONValue {
        let bytes = try house.read { try NoteRendering(identity: house.identity).document(id, in: $0) }
        return try Document(try #require(bytes)).root
    }

    /// A post that quotes bob's.
    private func quoting(_ state: Quote.State, in house: Household) async throws -> JSONValue {
        let bob = try await house.neighbour("bob")
        let quoted = try await house.theirs(bob, "https://b.example/posts/1") {
            $0.url = "https://b.example/@bob/1?a=1&b=2"
        }
        let id = try await house.post(
            "<p>Look</p>", { status, _ in status.language = "en" },
            then: { id, tx in
                var quote = Quote(
                    status: id, quoted: quoted, quotedURI: "https://b.example/posts/1", state: state,
                    checkedAt: Household.start)
                quote.authorization = Self.stamp
                try Quotes.save(quote, in: tx)
            })
        return try note(id, of: house)
    }

    @Test func `a quote is said in every dialect`() async throws {
        let note = try await quoting(.accepted, in: try await Household())
        for name in ["quote", "_misskey_quote", "quoteUri", "quoteUrl"] {
            #expect(note[name]?.string == "https://b.example/posts/1")
            #expect(note["@context"]?.elements.last?[name] != nil)
        }
        #expect(note["quoteAuthorization"]?.string == Self.stamp)
        let content =
            #"<p class="quote-inline">RE: <a href="https://b.example/@bob/1?a=1&amp;b=2">"#
            + "https://b.example/@bob/1?a=1&amp;b=2</a></p><p>Look</p>"
        #expect(note["content"]?.string == content && note["contentMap"]?["en"]?.string == content)
        #expect(
            text(note["tag"].map { Array($0.rawBytes) })
                == #"[{"type":"Link","mediaType":"application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"","#
                + #""href":"https://b.example/posts/1","name":"RE: https://b.example/@bob/1?a=1&b=2","#
                + #""rel":"https://misskey-hub.net/ns#_misskey_quote"}]"#)
        #expect(NoteDocument(note)?.quote == "https://b.example/posts/1")
    }

    @Test func `without consent there is no stamp`() async throws {
        let note = try await quoting(.pending, in: try await Household())
        #expect(note["quote"]?.string == "https://b.example/posts/1" && note["quoteAuthorization"] == nil)
    }

    @Test(arguments: [Quote.State.rejected, .revoked])
    func `what its author does not want is not quoted`(state: Quote.State) async throws {
        let note = try await quoting(state, in: try await Household())
        #expect(note["quote"] == nil && note["quoteUri"] == nil && note["content"]?.string == "<p>Look</p>")
        #expect(note["tag"]?.count == 0)
    }

    @Test func `an address that is none of the web makes no link`() async throws {
        let house = try await Household()
        let id = try await house.post(then: { id, tx in
            try Quotes.save(
                Quote(
                    status: id, quoted: nil, quotedURI: "javascript:alert(1)", state: .unstated,
                    checkedAt: Household.start), in: tx)
        })
        #expect(try note(id, of: house)["content"]?.string == "<p>Hello</p>")
    }

    @Test func `who may quote is said, nobody as the author alone`() async throws {
        let house = try await Household()
        let me = house.identity.actor
        var restricted = InteractionRights()
        restricted[.quote] = (automatic: .followers, manual: .everybody)
        var nobody = InteractionRights()
        nobody[.quote] = (automatic: [], manual: [])
        let cases: [(Visibility, InteractionRights?, [String], [String]?)] = [
            (.public, nil, [Vocabulary.everybody], nil), (.unlisted, nil, [Vocabulary.everybody], nil),
            (.private, nil, [me], nil), (.direct, restricted, [me], nil), (.public, nobody, [me], nil),
            (.public, restricted, [house.identity.followers], [Vocabulary.everybody]),
        ]
        for (visibility, rights, automatic, manual) in cases {
            let id = try await house.post(visibility: visibility, { status, _ in status.rights = rights })
            let policy = try note(id, of: house)["interactionPolicy"]
            #expect(policy?.count == 1)
            #expect(policy?["canQuote"]?["automaticApproval"]?.ids() == automatic)
            #expect(policy?["canQuote"]?["manualApproval"]?.ids() == manual)
        }
    }
}
