import ActivityPub
import Federation
import HTTP
import JSON
import Storage
import Testing

struct FetchGateTests {
    private static let bob = "https://b.example/users/bob"

    private func asking(_ house: Household, authorizesFetch: Bool) -> Asking {
        let objects = ObjectEndpoint(
            identity: house.identity, store: house.store, shield: house.shield,
            authorizesFetch: authorizesFetch, check: Signed.check)
        let collections = CollectionEndpoints(
            identity: house.identity, store: house.store, shield: house.shield,
            authorizesFetch: authorizesFetch, check: Signed.check)
        return Asking(routes: objects.routes + collections.routes)
    }

    /// Everything that hangs on an open post, and the collections.
    private func paths(_ id: StatusID) -> [String] {
        let post = "/users/me/statuses/\(id)"
        return ["", "/activity", "/replies", "/likes", "/shares"].map { post + $0 } + ["/contexts/\(id)"]
            + [
                "outbox", "outbox?page=true", "followers", "following", "collections/featured",
                "collections/tags",
            ]
            .map { "/users/me/" + $0 }
    }

    @Test func `without authorised fetch a signature changes nothing, not even a broken one`() async throws {
        let house = try await Household()
        let asking = asking(house, authorizesFetch: false)
        for path in paths(try await house.post()) {
            let plain = try await asking.get(path)
            #expect(plain.status == .ok && plain.fields["Cache-Control"] == "public, max-age=180")
            for signer in [Self.bob, "broken", "unreachable"] {
                let signed = try await asking.get(path, signedBy: signer)
                #expect(signed.bytes == plain.bytes && signed.fields["Vary"] == "Accept")
            }
        }
    }

    @Test func `with authorised fetch readers have to sign`() async throws {
        let house = try await Household()
        let asking = asking(house, authorizesFetch: true)
        for path in paths(try await house.post()) {
            for response in [try await asking.get(path), try await asking.get(path, signedBy: "broken")] {
                #expect(response.status == .unauthorized)
                #expect(response.fields["Accept-Signature"] == AcceptSignature.value(for: .get))
            }
            let signed = try await asking.get(path, signedBy: Self.bob)
            #expect(signed.status == .ok && signed.fields["Cache-Control"] == "private, no-store")
            #expect(signed.fields["Vary"] == "Accept, Signature")
            #expect(signed.fields["Content-Type"] == Vocabulary.contentType)
            let later = try await asking.get(path, signedBy: "unreachable")
            #expect(later.status == .serviceUnavailable && later.fields["Retry-After"] == "300")
        }
    }

    @Test func `with authorised fetch whoever is blocked is refused`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        try await house.store.write { tx in
            _ = try Blocks.insert(bob, uri: "b", in: tx)
            try DomainBlocks.insert("bad.example", in: tx)
        }
        let asking = asking(house, authorizesFetch: true)
        for path in paths(try await house.post()) {
            for signer in [Self.bob, "https://bad.example/u", "https://sub.bad.example/u"] {
                #expect(try await asking.get(path, signedBy: signer).status == .forbidden)
            }
            #expect(try await asking.get(path, signedBy: "https://notbad.example/u").status == .ok)
        }
    }

    @Test(arguments: [true, false])
    func `a post that is not for everybody is there for whom it is for`(authorizesFetch: Bool) async throws {
        let house = try await Household()
        let asking = asking(house, authorizesFetch: authorizesFetch)
        let named = try await house.neighbour("named")
        _ = try await house.neighbour("fan", follows: true)
        _ = try await house.neighbour("other")
        let blocked = try await house.neighbour("blocked", follows: true)
        try await house.store.write { _ = try Blocks.insert(blocked, uri: "b", in: $0) }
        let cases: [(Visibility, [String])] = [(.private, ["named", "fan"]), (.direct, ["named"])]
        for (visibility, readers) in cases {
            let id = try await house.post(
                visibility: visibility,
                then: { id, tx in try Mentions.insert(status: id, actor: named, in: tx) })
            for name in ["named", "fan", "other", "unknown"] {
                for path in ["", "/activity"] {
                    let response = try await asking.get(
                        "/users/me/statuses/\(id)\(path)", signedBy: "https://b.example/users/\(name)")
                    #expect(response.status == (readers.contains(name) ? .ok : .notFound))
                    guard readers.contains(name) else { continue }
                    #expect(response.fields["Cache-Control"] == "private, no-store")
                }
            }
            for signer in ["broken", "https://b.example/users/blocked"] where !authorizesFetch {
                let response = try await asking.get("/users/me/statuses/\(id)", signedBy: signer)
                #expect(response.status == .notFound)
            }
            let unsigned = try await asking.get("/users/me/statuses/\(id)")
            #expect(unsigned.status == (authorizesFetch ? .unauthorized : .notFound))
        }
    }

    @Test func `a browser is sent to the page all the same`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let response = try await asking(house, authorizesFetch: true).get(
            "/users/me/statuses/\(id)", accept: "text/html")
        #expect(response.status == .found)
    }
}
