import Basics
import Foundation
import HTTP
import Storage
import Testing

@testable import Media

@Suite struct UploadsTests {
    private func receive(_ house: MediaHouse, _ body: RequestBody) async throws -> UploadedForm {
        try await house.uploads.receive(body, contentType: #require(MediaHouse.type), files: ["file"])
    }

    @Test(arguments: [1, 13, 100_000])
    func `a form is taken apart while it arrives`(size: Int) async throws {
        let house = try MediaHouse()
        let body = MediaHouse.form([
            ("description", nil, Array("Ein Bär".utf8)), ("file", "a.jpg", Bytes.jpeg),
            ("other", "b.bin", [1, 2, 3]),
            ("focus", nil, Array("0,0".utf8)),
        ])
        let chunks = stride(from: 0, to: body.count, by: size).map {
            Array(body[$0..<min($0 + size, body.count)])
        }
        let form = try await receive(house, .stream(.of(chunks)))
        let file = try #require(form.files["file"])
        #expect(form.files.count == 1)
        #expect(form.texts.tree["description"]?.string == "Ein Bär")
        #expect(form.texts.tree["focus"]?.string == "0,0")
        #expect(file.header == MediaHeader(kind: .jpeg, width: 6, height: 3))
        #expect(file.size == Bytes.jpeg.count)
        #expect(try house.files == [file.name])
        let stored = try Data(contentsOf: URL(fileURLWithPath: "\(house.folder)/media/\(file.name)"))
        #expect(Array(stored) == Bytes.jpeg)
    }

    @Test func `the same picture twice is one file`() async throws {
        let house = try MediaHouse()
        let body = MediaHouse.form([("file", "a", Bytes.png)])
        let first = try await receive(house, .bytes(body)).files
        #expect(try await receive(house, .bytes(body)).files == first)
        #expect(try house.files.count == 1)
    }

    @Test(arguments: [1, 100_000])
    func `a form that forgives loses only the files that are wrong`(size: Int) async throws {
        let house = try MediaHouse()
        let body = MediaHouse.form([
            ("files", "a.png", Bytes.png), ("files", "b.exe", Array(repeating: 1, count: 100)),
            ("files", "", []), ("files", "c.jpg", Bytes.jpeg), ("text", nil, Array("kept".utf8)),
            ("files", "d.png", Bytes.png), ("files", "e.png", Bytes.png), ("after", nil, [65]),
        ])
        let chunks = stride(from: 0, to: body.count, by: size).map {
            Array(body[$0..<min($0 + size, body.count)])
        }
        let form = try await house.uploads.receive(
            .stream(.of(chunks)), contentType: #require(MediaHouse.type),
            files: [.anything("files", most: 3)], forgivesFiles: true)
        #expect(form.all.map(\.file.header.kind) == [.png, .jpeg, .png])
        #expect(form.faults == [.unsupportedType, .tooManyFiles(limit: 3)])
        #expect(form.texts.tree["text"]?.string == "kept" && form.texts.tree["after"]?.string == "A")
    }

    @Test func `where too much is stored already, a form that forgives keeps its texts`() async throws {
        let house = try MediaHouse(jobs: 0)
        let body = MediaHouse.form([("files", "a.png", Bytes.png), ("text", nil, Array("kept".utf8))])
        let form = try await house.uploads.receive(
            .bytes(body), contentType: #require(MediaHouse.type), files: [.anything("files", most: 3)],
            forgivesFiles: true)
        #expect(form.all.isEmpty && form.faults == [.overloaded])
        #expect(form.texts.tree["text"]?.string == "kept")
    }

    @Test func `a form that breaks off is never forgiven`() async throws {
        let house = try MediaHouse()
        let type = try #require(MediaHouse.type)
        await #expect(throws: UploadError.malformedForm) {
            try await house.uploads.receive(
                .bytes(MediaHouse.form([("files", "a", Bytes.png)], isClosed: false)), contentType: type,
                files: [.anything("files", most: 3)], forgivesFiles: true)
        }
        #expect(try house.files.isEmpty)
    }

    @Test func `a field where nobody chose a file has none`() async throws {
        let house = try MediaHouse()
        let form = try await receive(house, .bytes(MediaHouse.form([("file", "", [])])))
        #expect(form.files.isEmpty && form.faults.isEmpty)
        let unnamed = try await receive(house, .bytes(MediaHouse.form([("file", "", Bytes.png)])))
        #expect(unnamed.files["file"]?.header.kind == .png)
    }

    @Test(arguments: [
        (MediaHouse.form([("file", "a", Bytes.png)], isClosed: false), UploadError.malformedForm),
        (MediaHouse.form([("file", "a", Bytes.png), ("file", "b", Bytes.png)]), .malformedForm),
        (MediaHouse.form([("file", "a", [1, 2, 3])]), .unsupportedType),
        (MediaHouse.form([("file", "a", [])]), .unsupportedType),
        (
            MediaHouse.form([("file", "a", Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8))]),
            .unsupportedType
        ),
        (Array("--b--".utf8.prefix(2)), .malformedForm),
        (
            MediaHouse.form([
                ("file", "a", Bytes.pngSignature + Bytes.ihdr() + [UInt8](repeating: 0, count: 9))
            ]), .damaged
        ),
    ])
    func `what goes wrong leaves nothing behind`(body: [UInt8], error: UploadError) async throws {
        let house = try MediaHouse()
        await #expect(throws: error) { try await receive(house, .bytes(body)) }
        #expect(try house.files.isEmpty)
    }

    @Test func `texts together are bounded`() async throws {
        let house = try MediaHouse()
        let half = [UInt8](repeating: 97, count: 1 << 19)
        let body = MediaHouse.form([("a", nil, half), ("b", nil, half + [97])])
        await #expect(throws: UploadError.interrupted(.tooLarge(limit: 1 << 20))) {
            try await receive(house, .bytes(body))
        }
    }

    @Test func `a picture without end is refused at the limit, while it arrives`() async throws {
        let house = try MediaHouse()
        let head = MediaHouse.form([("file", "a", Bytes.pngSignature + Bytes.ihdr())], isClosed: false)
            .dropLast(2)
        let pulled = Counter()
        let stream = BodyStream {
            await pulled.next(
                first: Array(head) + [0x40, 0, 0, 0] + Array("IDAT".utf8),
                then: [UInt8](repeating: 1, count: 1 << 20))
        }
        await #expect(throws: UploadError.tooLarge(limit: 16 << 20)) {
            try await receive(house, .stream(stream))
        }
        #expect(await pulled.count == 17)
        #expect(try house.files.isEmpty)
    }

    @Test func `a picture may be as large as the limit says, which is not the limit of the form`()
        async throws
    {
        let size = Bytes.png.count
        let body = MediaHouse.form([("file", "a", Bytes.png)])
        #expect(
            try await receive(MediaHouse(limits: UploadLimits(picture: size)), .bytes(body)).files.count == 1)
        let house = try MediaHouse(limits: UploadLimits(picture: size - 1))
        await #expect(throws: UploadError.tooLarge(limit: size - 1)) {
            try await receive(house, .bytes(body))
        }
        #expect(try house.files.isEmpty)
    }

    @Test func `a client that goes away leaves nothing behind`() async throws {
        let house = try MediaHouse()
        let head = MediaHouse.form([("file", "a", Bytes.png)], isClosed: false)
        let pulled = Counter()
        let stream = BodyStream {
            let chunk = await pulled.next(first: head, then: [])
            if chunk.isEmpty { throw BodyError.timedOut }
            return chunk
        }
        await #expect(throws: UploadError.interrupted(.timedOut)) {
            try await receive(house, .stream(stream))
        }
        #expect(try house.files.isEmpty)
    }

    @Test func `what an earlier run left half written is swept away`() throws {
        #expect(try MediaHouse(leftover: ".upload-abc").files.isEmpty)
        #expect(try MediaHouse(leftover: "note.txt").files == ["note.txt"])
    }

    @Test func `only old files that nothing uses are removed`() async throws {
        let house = try MediaHouse()
        let used = try #require(
            try await receive(house, .bytes(MediaHouse.form([("file", "a", Bytes.png)]))).files["file"])
        let unused = try #require(
            try await receive(house, .bytes(MediaHouse.form([("file", "a", Bytes.jpeg)]))).files["file"])
        try await house.store.write { tx in
            var attachment = Attachment(kind: .image, createdAt: Timestamp(milliseconds: 0))
            attachment.file = used.name
            _ = try Attachments.insert(attachment, in: tx)
        }
        try await house.uploads.removeUnused()
        #expect(try house.files.count == 2, "both are new")
        for file in try house.files {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000)],
                ofItemAtPath: "\(house.folder)/media/\(file)")
        }
        try await house.uploads.remove(["../islet.db", unused.name, used.name])
        #expect(try house.files == [used.name])
        try await house.store.write { tx in _ = try Attachments.removeUnattached(before: .current(), in: tx) }
        try await house.uploads.removeUnused()
        #expect(try house.files.isEmpty)
        #expect(FileManager.default.fileExists(atPath: house.folder + "/islet.db"))
    }
}

private actor Counter {
    private(set) var count = 0

    func next(first: [UInt8], then: [UInt8]) -> [UInt8] {
        count += 1
        return count == 1 ? first : then
    }
}
