import HTTP
import Storage
import Testing

@testable import Media

@Suite struct RemoteRangesTests {
    private static let film = RemoteFileEndpointTests.film

    @Test func `a range that does not count gets the whole as 200`() async throws {
        let house = try await RemoteHouse(bytes: 1 << 20)
        house.remote.give(Self.film, at: RemoteHouse.film)
        try await house.running {
            let address = house.address(of: house.film)
            for fields: Fields in [
                ["Range": "bytes=5-2"], ["Range": "bytes=0-1,5-6"], ["Range": "items=0-5"],
                ["Range": "bytes=0-", "If-Range": "\"other\""],
                ["Range": "bytes=5-9", "If-Range": "\"other\""],
            ] {
                let response = try await house.get(address, fields)
                #expect(response.status == .ok && response.body.length == 600_000, "\(fields)")
                #expect(response.fields["Content-Range"] == nil, "\(fields)")
            }
            #expect(try await house.get(address, ["Range": "bytes=0-"]).status == .partialContent)
        }
    }

    @Test func `If-Range is compared with what is learnt first`() async throws {
        for bytes in [0, 1 << 20] {
            let house = try await RemoteHouse(bytes: bytes)
            house.remote.give(Self.film, at: RemoteHouse.film)
            try await house.running {
                let address = house.address(of: house.film)
                let signature = try #require(address.split(separator: "/").last)
                let tag = "\"attachment-\(house.film.id)-\(signature)-600000\""
                let part = try await house.get(address, ["Range": "bytes=500-599", "If-Range": tag])
                #expect(part.status == .partialContent && part.body.length == 100)
                #expect(part.fields["ETag"] == tag)
            }
        }
    }

    @Test func `a range that does not exist and a file that is not there are not remembered by readers`()
        async throws
    {
        let house = try await RemoteHouse(bytes: 16 << 20)
        let pipe = house.remote.pipe(at: RemoteHouse.film, length: Self.film.count)
        try await house.running {
            let address = house.address(of: house.film)
            async let response = house.get(address)
            pipe.push(RemoteRangesTests.film)
            let whole = try await response
            let following = try await house.get(address, ["Range": "bytes=600000-"])
            pipe.end()
            #expect(try await whole.bytes() == RemoteRangesTests.film)
            try await house.until { try house.files.first?.hasPrefix("attachment-") == true }
            let cached = try await house.get(address, ["Range": "bytes=600000-"])
            for refused in [following, cached] {
                #expect(refused.status == .rangeNotSatisfiable)
                #expect(refused.fields["Content-Range"] == "bytes */600000")
                #expect(refused.fields["Cache-Control"] == "no-store")
            }
            let none = try await house.get(address + "A")
            #expect(none.status == .notFound && none.fields["Cache-Control"] == "no-store")
        }
    }
}
