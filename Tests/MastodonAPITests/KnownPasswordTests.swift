import Crypto
import HouseSupport
import Storage
import Testing

@testable import MastodonAPI

@Suite struct KnownPasswordTests {
    @Test func `a password that was changed since it was given lets nobody in`() async throws {
        let house = try await House.make()
        #expect(try await house.api.knownPassword(name: "ada", password: "guess") == nil)
        let name = "@Ada@home.example"
        let known = try #require(try await house.api.knownPassword(name: name, password: House.password))
        #expect(try house.store.read { try known.isSet(in: $0) })
        try await house.store.write { tx in
            var owner = try #require(try Owner.load(in: tx))
            owner.password = "another hash"
            try owner.save(in: tx)
        }
        #expect(try !house.store.read { try known.isSet(in: $0) })
    }
}
