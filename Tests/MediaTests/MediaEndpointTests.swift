import Foundation
import HTTP
import Testing

@testable import Media

@Suite struct MediaEndpointTests {
    private func get(_ house: MediaHouse, _ name: String, _ fields: Fields = [:]) async throws -> Response {
        let request = Request(.get, "/media/\(name)", fields: fields)
        guard case .found(let route, let parameters) = house.router.match(.get, request.target) else {
            Issue.record("no route")
            return Response(.notFound)
        }
        var found = request
        found.parameters = parameters
        return try await route.handle(found)
    }

    private func stored(_ house: MediaHouse) async throws -> String {
        let body = MediaHouse.form([("file", "a", Bytes.png)])
        let form = try await house.uploads.receive(
            .bytes(body), contentType: #require(MediaHouse.type), files: ["file"])
        return try #require(form.files["file"]).name
    }

    @Test func `a file is served whole, for ever the same, to everybody`() async throws {
        let house = try MediaHouse()
        let name = try await stored(house)
        let answer = try await get(house, name)
        #expect(answer.status == .ok)
        #expect(answer.fields["Content-Type"] == "image/png")
        #expect(answer.fields["ETag"] == "\"\(name)\"")
        #expect(answer.fields["Cache-Control"]?.contains("immutable") == true)
        #expect(answer.fields["X-Content-Type-Options"] == "nosniff")
        #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
        #expect(answer.fields["Accept-Ranges"] == "bytes")
        guard case .file(let path, let range) = answer.body else { return #expect(Bool(false)) }
        #expect(path == "\(house.folder)/media/\(name)")
        #expect(range == 0..<Bytes.png.count)
    }

    @Test(
        arguments: [
            ("bytes=0-3", "", 206, 0..<4), ("bytes=-2", "", 206, 58..<60), ("bytes=99-", "", 416, nil),
            ("bytes=0-1,3-4", "", 200, 0..<60),
            ("bytes=0-3", "other", 200, 0..<60), ("bytes=0-3", "same", 206, 0..<4),
        ] as [(String, String, Int, Range<Int>?)])
    func `trap media: a range is served as asked, as videos need it`(
        range: String, validator: String, status: Int, expected: Range<Int>?
    ) async throws {
        let house = try MediaHouse()
        let name = try await stored(house)
        var fields: Fields = ["Range": range]
        if !validator.isEmpty { fields.append("If-Range", validator == "same" ? "\"\(name)\"" : "\"x\"") }
        let answer = try await get(house, name, fields)
        #expect(answer.status.code == status)
        if case .file(_, let part) = answer.body {
            #expect(part == expected)
        } else {
            #expect(expected == nil)
            #expect(answer.fields["Content-Range"] == "bytes */60")
        }
    }

    @Test func `who has it already is told so`() async throws {
        let house = try MediaHouse()
        let name = try await stored(house)
        for tag in ["\"\(name)\"", "W/\"\(name)\"", "\"x\", \"\(name)\"", "*"] {
            #expect(try await get(house, name, ["If-None-Match": tag]).status == .notModified, "\(tag)")
        }
        #expect(try await get(house, name, ["If-None-Match": "\"x\""]).status == .ok)
    }

    @Test func `nothing but stored files is found`() async throws {
        let house = try MediaHouse(leftover: "note.txt")
        for name in ["note.txt", String(repeating: "0", count: 64) + ".png", "x"] {
            let answer = try await get(house, name)
            #expect(answer.status == .notFound, "\(name)")
            #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
        }
    }
}
