import Basics
import HTTP
import Storage
import Testing

@testable import Media

@Suite struct RemoteFileEndpointTests {
    static let film: [UInt8] =
        [0, 0, 0, 24] + Array("ftypisom".utf8) + [0, 0, 0, 0] + Array("isommp42".utf8)
        + [UInt8](repeating: 7, count: 599_976)

    /// Enough of a picture to tell what it is.
    private static let start = Bytes.png + [UInt8](repeating: 0, count: 100)

    @Test func `nothing is asked for before somebody looks, and then once`() async throws {
        let house = try await RemoteHouse()
        house.remote.give(Bytes.png, at: RemoteHouse.avatar)
        try await house.running {
            #expect(house.remote.asked == 0)
            let address = house.address(of: house.avatar)
            let first = try await house.get(address)
            #expect(first.status == .ok && first.body.length == Bytes.png.count)
            #expect(try await first.bytes() == Bytes.png)
            try await house.until { try !house.files.contains { $0.hasPrefix(".part") } }
            let second = try await house.get(address)
            if case .openFile = second.body {} else { Issue.record("not from the cache") }
            #expect(try await second.bytes() == Bytes.png)
            #expect(house.remote.asked == 1)
            for response in [first, second] {
                #expect(response.isFile)
                #expect(response.fields["Content-Type"] == "image/png")
                #expect(response.fields["X-Content-Type-Options"] == "nosniff")
                #expect(response.fields["Content-Security-Policy"] == "default-src 'none'; sandbox")
                #expect(response.fields["Cache-Control"] == "private, max-age=31536000, immutable")
                #expect(response.fields["Access-Control-Allow-Origin"] == "*")
                #expect(response.fields["ETag"] == first.fields["ETag"])
            }
            let tag = try #require(first.fields["ETag"])
            #expect(try await house.get(address, ["If-None-Match": tag]).status == .notModified)
            let part = try await house.get(address, ["Range": "bytes=1-3"])
            #expect(part.status == .partialContent)
            #expect(try await part.bytes() == Array(Bytes.png[1...3]))
            #expect(try await house.get(address, ["Range": "bytes=9000-"]).status == .rangeNotSatisfiable)
            let request = try #require(house.remote.requests.first)
            #expect(request.fields["User-Agent"] == "Islet" && request.fields["Cookie"] == nil)
            #expect(request.fields["Signature"] == nil && request.fields["Accept"] == "image/*")
        }
    }

    @Test func `a hundred looks at one new picture are one fetch`() async throws {
        let house = try await RemoteHouse()
        let pipe = house.remote.pipe(at: RemoteHouse.avatar, length: nil)
        let picture = Bytes.png + [UInt8](repeating: 1, count: 100_000)
        try await house.running {
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<100 {
                    group.addTask { try await house.get(house.address(of: house.avatar)).bytes() }
                }
                try await house.until { house.remote.asked == 1 && pipe.isWaitedFor }
                pipe.push(Array(picture[..<70]))
                try await house.until { pipe.isWaitedFor }
                pipe.push(Array(picture[70...]))
                pipe.end()
                for try await bytes in group { #expect(bytes == picture) }
            }
            #expect(house.remote.asked == 1)
        }
    }

    @Test
    func `a wrong signature, an unknown file and what is blocked are not there, and nothing is asked for`()
        async throws
    {
        let house = try await RemoteHouse()
        house.remote.give(Bytes.png, at: RemoteHouse.avatar)
        try await house.running {
            let good = house.address(of: house.avatar)
            let bad = [
                String(good.dropLast()) + "A", good + "A", "/media/header/\(house.anna.value)/x",
                house.address(of: RemoteFile(.avatar, 999)), house.address(of: RemoteFile(.emoji, 1)),
                house.address(of: house.avatar, at: "https://files.lake.example/former.png"),
            ]
            for address in bad { #expect(try await house.get(address).status == .notFound, "\(address)") }
            for domain in ["lake.example", "files.lake.example", "example"] {
                try await house.store.write { try DomainBlocks.insert(domain, in: $0) }
                #expect(try await house.get(good).status == .notFound, "\(domain)")
                try await house.store.write { try DomainBlocks.remove(domain, in: $0) }
            }
            try await house.store.write { _ = try Blocks.insert(house.anna, uri: "b", in: $0) }
            #expect(try await house.get(good).status == .notFound)
            #expect(house.remote.asked == 0)
        }
    }

    @Test func `the bytes say what it is, and only pictures are pictures`() async throws {
        let svg = Array("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".utf8)
        let bomb =
            Bytes.pngSignature + [0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 255, 255, 0, 0, 255, 255]
            + [UInt8](repeating: 0, count: 60)
        let cases: [(String, [UInt8], Fields, HTTP.Status)] = [
            ("a lie that does no harm", Bytes.png, ["Content-Type": "text/html"], .ok),
            ("svg", svg, ["Content-Type": "image/png"], .notFound),
            (
                "html", Array("<!DOCTYPE html><html><body>Hello, this is long enough to tell.".utf8), [:],
                .notFound
            ),
            ("a film as a face", Self.film, ["Content-Type": "image/png"], .notFound),
            ("a bomb", bomb, [:], .notFound),
            ("compressed", Bytes.png, ["Content-Encoding": "gzip"], .notFound),
            ("nothing", [], [:], .notFound),
        ]
        for (name, bytes, fields, status) in cases {
            let house = try await RemoteHouse()
            house.remote.give(bytes, at: RemoteHouse.avatar, fields: fields)
            try await house.running {
                let response = try await house.get(house.address(of: house.avatar))
                #expect(response.status == status, "\(name)")
                if status == .ok { #expect(response.fields["Content-Type"] == "image/png") }
                if status == .notFound { #expect(try house.files.isEmpty, "\(name)") }
            }
        }
    }

    @Test func `what fails is not asked again for a minute`() async throws {
        for (answer, status) in [(404, 404), (410, 404), (500, 502), (302, 502), (403, 502)] {
            let house = try await RemoteHouse()
            house.remote.give(Bytes.png, at: RemoteHouse.avatar, status: HTTP.Status(answer))
            try await house.running {
                let address = house.address(of: house.avatar)
                for _ in 0..<3 {
                    let response = try await house.get(address)
                    #expect(response.status.code == status, "\(answer)")
                    #expect(response.fields["Cache-Control"] == "no-store")
                    try await house.until { house.proxy.slots.names.isEmpty }
                }
                #expect(house.remote.asked == 1, "\(answer)")
                house.pass(.seconds(61))
                _ = try await house.get(address)
                #expect(house.remote.asked == 2, "\(answer)")
            }
        }
    }

    @Test func `a file that breaks off cuts the answer and leaves nothing`() async throws {
        let house = try await RemoteHouse()
        let pipe = house.remote.pipe(at: RemoteHouse.avatar, length: 200_000)
        try await house.running {
            async let response = house.get(house.address(of: house.avatar))
            pipe.push(RemoteFileEndpointTests.start)
            let body = try await response
            pipe.end()
            #expect(body.status == .ok && body.body.length == 200_000)
            await #expect(throws: RemoteFailure.self) { _ = try await body.bytes() }
            try await house.until { try house.files.isEmpty }
        }
    }

    @Test func `an endless file ends at the bound of what is stored`() async throws {
        let house = try await RemoteHouse(bytes: 1 << 20)
        house.remote.answer(RemoteHouse.film) { request in
            let film = RemoteFileEndpointTests.film
            return IncomingResponse(
                status: .ok, url: request.url, body: BodyStream { film })
        }
        try await house.running {
            let response = try await house.get(house.address(of: house.film))
            if response.status == .ok {
                await #expect(throws: RemoteFailure.self) { _ = try await response.bytes() }
            } else {
                #expect(response.status == .notFound)
            }
            try await house.until { try house.files.isEmpty && house.proxy.slots.names.isEmpty }
        }
    }

    @Test func `a film that is too large is passed on, in ranges too, and nothing of it is stored`()
        async throws
    {
        let house = try await RemoteHouse(bytes: 1 << 20)
        house.remote.give(Self.film, at: RemoteHouse.film)
        try await house.running {
            let address = house.address(of: house.film)
            let film = RemoteFileEndpointTests.film
            let whole = try await house.get(address, ["Range": "bytes=0-"])
            #expect(whole.status == .partialContent)
            #expect(whole.fields["Content-Range"] == "bytes 0-599999/600000")
            #expect(try await whole.bytes() == film)
            #expect(house.remote.asked == 1, "the connection that was open is used")
            let part = try await house.get(address, ["Range": "bytes=500000-500099"])
            #expect(part.status == .partialContent && part.body.length == 100)
            #expect(part.fields["Content-Range"] == "bytes 500000-500099/600000")
            #expect(part.fields["Content-Type"] == "video/mp4")
            #expect(try await part.bytes() == Array(film[500_000..<500_100]))
            #expect(house.remote.asked == 2)
            #expect(try house.files.isEmpty)
        }
    }

    @Test func `without a cache a part from the middle is given after the kind was looked at`() async throws {
        let house = try await RemoteHouse(bytes: 0)
        house.remote.give(Self.film, at: RemoteHouse.film)
        try await house.running {
            let part = try await house.get(house.address(of: house.film), ["Range": "bytes=-10"])
            #expect(part.fields["Content-Range"] == "bytes 599990-599999/600000")
            #expect(part.fields["Content-Type"] == "video/mp4")
            #expect(house.remote.requests.map { $0.fields["Range"] } == ["bytes=0-63", "bytes=-10"])
            let whole = try await house.get(house.address(of: house.film))
            #expect(whole.status == .ok && whole.body.length == 600_000)
            #expect(try house.files.isEmpty)
        }
    }

    @Test func `a part follows a file that is arriving`() async throws {
        let house = try await RemoteHouse()
        let pipe = house.remote.pipe(at: RemoteHouse.avatar, length: 100_000)
        let picture = Bytes.png + [UInt8](repeating: 1, count: 100_000 - Bytes.png.count)
        try await house.running {
            let address = house.address(of: house.avatar)
            async let part = house.get(address, ["Range": "bytes=50000-50009"])
            pipe.push(Array(picture[..<100]))
            let response = try await part
            #expect(response.status == .partialContent && response.body.length == 10)
            #expect(response.fields["Content-Range"] == "bytes 50000-50009/100000")
            pipe.push(Array(picture[100...]))
            pipe.end()
            #expect(try await response.bytes() == Array(picture[50_000..<50_010]))
            #expect(house.remote.asked == 1)
        }
    }

    @Test func `readers that go away end a fetch, unless it is nearly done`() async throws {
        var limits = RemoteLimits()
        limits.smallRest = 1_000
        for (here, isEnded) in [(10_000, true), (60_000, false)] {
            let house = try await RemoteHouse(limits: limits)
            let pipe = house.remote.pipe(at: RemoteHouse.avatar, length: 100_000)
            let picture = Bytes.png + [UInt8](repeating: 1, count: 100_000 - Bytes.png.count)
            try await house.running {
                do {
                    async let response = house.get(house.address(of: house.avatar))
                    pipe.push(Array(picture[..<here]))
                    let status = try await response.status
                    #expect(status == .ok)
                    try await house.until { pipe.isWaitedFor }
                }
                if isEnded {
                    try await house.until { try pipe.isClosed && house.files.isEmpty }
                } else {
                    pipe.push(Array(picture[here...]))
                    pipe.end()
                    try await house.until { try house.files.first?.hasPrefix("avatar-") == true }
                }
            }
        }
    }

    @Test func `blocked means gone, on the disk and on the way`() async throws {
        let house = try await RemoteHouse()
        house.remote.give(Bytes.png, at: RemoteHouse.avatar)
        let pipe = house.remote.pipe(at: RemoteHouse.film, length: 100_000)
        try await house.running {
            _ = try await house.get(house.address(of: house.avatar)).bytes()
            try await house.until { try house.files.first?.hasPrefix("avatar-") == true }
            async let response = house.get(house.address(of: house.film))
            pipe.push(RemoteFileEndpointTests.start)
            let film = try await response
            try await house.store.write { _ = try Blocks.insert(house.anna, uri: "b", in: $0) }
            await #expect(throws: RemoteFailure.self) { _ = try await film.bytes() }
            try await house.until { try pipe.isClosed && house.files.isEmpty }
        }
    }

    @Test func `a picture that was changed is swept away`() async throws {
        let house = try await RemoteHouse()
        house.remote.give(Bytes.png, at: RemoteHouse.avatar)
        try await house.running {
            _ = try await house.get(house.address(of: house.avatar)).bytes()
            try await house.until { try house.files.first?.hasPrefix("avatar-") == true }
            await house.proxy.sweep()
            #expect(try house.files.count == 1)
            try await house.store.write { tx in
                var anna = try #require(try Actors.find(house.anna, in: tx))
                anna.avatar = "https://files.lake.example/new.png"
                _ = try Actors.save(anna, in: tx)
            }
            await house.proxy.sweep()
            #expect(try house.files.isEmpty)
        }
    }

    @Test func `too much at once from one host waits its turn, and is refused when that takes too long`()
        async throws
    {
        var limits = RemoteLimits()
        limits.fetchesOfHost = 1
        let house = try await RemoteHouse(limits: limits)
        let pipe = house.remote.pipe(at: RemoteHouse.film, length: 100_000)
        house.remote.give(Bytes.png, at: RemoteHouse.avatar)
        try await house.running {
            async let first = house.get(house.address(of: house.film))
            pipe.push(RemoteFileEndpointTests.start)
            let response = try await first
            async let late = house.get(house.address(of: house.avatar))
            try await house.until { house.proxy.slots.names.count == 2 }
            #expect(house.remote.asked == 1)
            house.ring()
            let refused = try await late
            #expect(refused.status == .serviceUnavailable && refused.fields["Retry-After"] == "5")
            async let patient = house.get(house.address(of: house.avatar))
            try await house.until { house.proxy.slots.names.count == 2 }
            pipe.push([UInt8](repeating: 0, count: 100_000 - RemoteFileEndpointTests.start.count))
            pipe.end()
            let whole = try await patient
            #expect(try await whole.bytes() == Bytes.png)
            #expect(response.status == .ok && house.remote.asked == 2)
        }
    }

    @Test func `whoever waits beyond the bound is refused at once`() async throws {
        var limits = RemoteLimits()
        limits.fetchesOfHost = 1
        limits.waiting = 1
        let house = try await RemoteHouse(limits: limits)
        let pipe = house.remote.pipe(at: RemoteHouse.film, length: 100_000)
        try await house.running {
            async let first = house.get(house.address(of: house.film))
            pipe.push(RemoteFileEndpointTests.start)
            let begun = try await first
            let refused = try await house.get(house.address(of: house.avatar))
            #expect(begun.status == .ok && refused.status == .serviceUnavailable)
            pipe.end()
        }
    }

    @Test func `a host that is blocked is not asked, not even when another one says so`() async throws {
        let house = try await RemoteHouse(blocked: { $0 == "files.lake.example" })
        try await house.running {
            let response = try await house.get(house.address(of: house.avatar))
            #expect(response.status == .notFound)
            #expect(house.remote.asked == 0)
        }
        let asking = RemoteAsking(open: house.remote.open, userAgent: "", mayAsk: { $0 != "bad.example" })
        house.remote.answer(RemoteHouse.avatar) { request in
            IncomingResponse(status: .ok, url: request.url, body: .of([Bytes.png]))
        }
        let url = try #require(WebURL(RemoteHouse.avatar))
        _ = try await asking.ask(for: house.avatar, at: url, limits: RemoteLimits())
        let prepare = try #require(house.remote.requests.last?.prepare)
        let elsewhere = try #require(WebURL("https://bad.example/a"))
        await #expect(throws: SendError.addressRefused) { _ = try await prepare(elsewhere) }
    }

    @Test func `one byte a second is no way to send a picture`() async throws {
        let house = try await RemoteHouse()
        let pipe = house.remote.pipe(at: RemoteHouse.avatar, length: 100_000)
        try await house.running {
            async let response = house.get(house.address(of: house.avatar))
            pipe.push(RemoteFileEndpointTests.start)
            let slow = try await response
            try await house.until { pipe.isWaitedFor }
            house.pass(.seconds(31))
            pipe.push([1])
            await #expect(throws: RemoteFailure.self) { _ = try await slow.bytes() }
            try await house.until { try house.files.isEmpty }
        }
    }
}
