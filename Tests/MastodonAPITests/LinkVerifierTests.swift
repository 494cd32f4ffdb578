import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Synchronization
import Testing

@testable import MastodonAPI

@Suite struct LinkVerifierTests {
    private struct Away: Error {}

    /// A house whose profile names these pages, and one who looks at them; a page that is nil cannot be had now.
    private func verifier(_ house: House, _ pages: Pages) -> LinkVerifier {
        LinkVerifier(store: house.store, identity: house.identity, clock: house.time.clock, log: .silent) {
            url in
            let page = pages.value.withLock { $0[url.string] }
            guard let page else { return nil }
            guard let page else { throw Away() }
            return Array(page.utf8)
        }
    }

    private func set(_ house: House, _ token: String, _ addresses: [String]) async throws {
        let fields = addresses.enumerated().map { number, address in
            "fields_attributes[\(number)][name]=\(number)&fields_attributes[\(number)][value]=\(address)"
        }
        let answer = try await house.send(
            .patch, "/api/v1/accounts/update_credentials", token, fields.joined(separator: "&"))
        #expect(answer.status == 200, "\(answer.text)")
    }

    private func verified(_ house: House, _ token: String) async throws -> [String?] {
        let json = try await house.get("/api/v1/accounts/verify_credentials", token).json
        let shown = json["fields"]?.elements.map { $0["verified_at"]?.string } ?? []
        let typed = json["source"]?["fields"]?.elements.map { $0["verified_at"]?.string }
        #expect(shown == typed)
        return shown
    }

    private static let good = #"<html><link rel="me noopener" href="https://home.example/@ada"></html>"#

    @Test func `a page that leads back is noted, one that does not is not`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let pages = Pages([
            "https://one.example/": Self.good,
            "https://two.example/": "<a href='https://home.example/@ada'>me</a>",
            "https://three.example/": "<A REL='ME' HREF='HTTPS://HOME.example/@ada/'>",
        ])
        let verifier = verifier(house, pages)
        #expect(try await verifier.verifyDue() == nil)
        try await set(
            house, token,
            ["https://one.example/", "https://two.example/", "https://three.example/", "no address"])
        let time = ISO8601.milliseconds(house.time.now.milliseconds)
        #expect(try await verifier.verifyDue() == house.time.now + .days(7))
        #expect(try await verified(house, token) == [time, nil, time, nil])

        // Nothing is asked before a week is over; then a link that is gone counts no more.
        pages.value.withLock { $0["https://one.example/"] = "nothing" }
        house.time.advance(by: .days(6))
        _ = try await verifier.verifyDue()
        #expect(try await verified(house, token) == [time, nil, time, nil])
        house.time.advance(by: .days(1))
        _ = try await verifier.verifyDue()
        #expect(try await verified(house, token) == [nil, nil, time, nil])
    }

    @Test func `a changed profile is looked at again, and what stays the same stays verified`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let pages = Pages(["https://one.example/": Self.good])
        let verifier = verifier(house, pages)
        try await set(house, token, ["https://one.example/"])
        _ = try await verifier.verifyDue()
        let time = ISO8601.milliseconds(house.time.now.milliseconds)
        house.time.advance(by: .hours(1))
        try await set(house, token, ["https://new.example/", "https://one.example/"])
        #expect(try await verified(house, token) == [nil, time])
        pages.value.withLock { $0["https://new.example/"] = Self.good }
        _ = try await verifier.verifyDue()
        #expect(
            try await verified(house, token) == [ISO8601.milliseconds(house.time.now.milliseconds), time])
    }

    @Test func `a page that cannot be had now changes nothing and is asked again in a day`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let pages = Pages(["https://one.example/": Self.good])
        let verifier = verifier(house, pages)
        try await set(house, token, ["https://one.example/"])
        _ = try await verifier.verifyDue()
        let before = try await verified(house, token)
        pages.value.withLock { $0["https://one.example/"] = .some(nil) }
        house.time.advance(by: .days(7))
        #expect(try await verifier.verifyDue() == house.time.now + .days(1))
        #expect(try await verified(house, token) == before)
    }
}

/// Pages by their addresses, which tests may change.
private final class Pages: Sendable {
    let value: Mutex<[String: String?]>

    init(_ pages: [String: String?]) {
        value = Mutex(pages)
    }
}
