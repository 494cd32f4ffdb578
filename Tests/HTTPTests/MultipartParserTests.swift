import HTTP
import Testing

@Suite struct MultipartParserTests {
    private struct Part: Equatable {
        var headers: MultipartHeaders
        var data = ""
        var isEnded = false
    }

    private func parser(_ type: String = "multipart/form-data; boundary=X") throws -> MultipartParser {
        let type = try #require(MediaType(type))
        return try #require(MultipartParser(contentType: type))
    }

    private func parse(_ text: String, pieces size: Int = .max) throws -> (parts: [Part], isFinished: Bool) {
        var parser = try parser()
        var parts: [Part] = []
        var finished = 0
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(size)
            rest = rest.dropFirst(piece.count)
            for event in try parser.receive(piece) {
                switch event {
                case .partBegan(let headers): parts.append(Part(headers: headers))
                case .data(let bytes):
                    #expect(!bytes.isEmpty && parts.last?.isEnded == false)
                    parts[parts.count - 1].data += String(decoding: bytes, as: UTF8.self)
                case .partEnded: parts[parts.count - 1].isEnded = true
                case .finished: finished += 1
                }
            }
        }
        #expect(finished == (parser.isFinished ? 1 : 0))
        return (parts, parser.isFinished)
    }

    private func field(_ name: String, _ value: String) -> String {
        "--X\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    @Test func `a body is taken apart wherever it is cut`() throws {
        let data = "line\r\n--\r\n--Y\r\r\n\r\n-X\r\n--\r"
        let text =
            "preamble\r\n--Z\r\n" + field("a", "1") + field("empty", "")
            + "--X \t\r\nContent-Type: image/jpg\r\n"
            + "Content-Disposition: form-data; name=f; filename=g\r\n\r\n"
            + data
            + "\r\n--X--\r\nepilogue\r\n--X\r\n"
        let expected = [
            Part(headers: MultipartHeaders(name: "a"), data: "1", isEnded: true),
            Part(headers: MultipartHeaders(name: "empty"), data: "", isEnded: true),
            Part(
                headers: MultipartHeaders(name: "f", filename: "g", contentType: "image/jpg"), data: data,
                isEnded: true),
        ]
        for size in 1...text.utf8.count {
            let (parts, isFinished) = try parse(text, pieces: size)
            #expect(parts == expected && isFinished, "pieces of \(size)")
        }
        // And at every single place.
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var parser = try parser()
            let events = try parser.receive(bytes[..<cut]) + parser.receive(bytes[cut...])
            let whole = events.reduce(into: [UInt8]()) { all, event in
                if case .data(let part) = event { all += part }
            }
            #expect(String(decoding: whole, as: UTF8.self) == "1" + data, "cut at \(cut)")
            #expect(events.last == .finished)
        }
    }

    @Test func `the end needs no line end`() throws {
        let (parts, isFinished) = try parse(field("a", "1") + "--X--")
        #expect(isFinished && parts.count == 1)
    }

    @Test func `a body cut short is not finished`() throws {
        let text = field("a", "1") + "--X"
        #expect(try !parse(text).isFinished)
        #expect(try parse(field("a", "1")).parts.first?.isEnded == false)
        #expect(try parse(text + "--").isFinished)
    }

    @Test func `a part may have no header`() throws {
        #expect(try parse("--X\r\n\r\ndata\r\n--X--").parts.map(\.data) == ["data"])
    }

    @Test(arguments: [
        "multipart/form-data; charset=utf-8; boundary=\"X\"", "Multipart/Form-Data;BOUNDARY=X",
        "multipart/mixed; boundary=X",
    ])
    func `the boundary is found behind anything`(type: String) throws {
        var parser = try parser(type)
        #expect(try parser.receive(Array("--X\r\n\r\na\r\n--X--".utf8)).last == .finished)
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=X",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=é",
    ])
    func `without a boundary there is no parser`(type: String) throws {
        #expect(MultipartParser(contentType: try #require(MediaType(type))) == nil)
    }

    @Test func `a boundary has a longest length`() throws {
        let longest = String(repeating: "x", count: 200)
        #expect(
            MultipartParser(contentType: try #require(MediaType("multipart/a; boundary=" + longest))) != nil)
        #expect(
            MultipartParser(contentType: try #require(MediaType("multipart/a; boundary=x" + longest))) == nil)
    }

    @Test(arguments: ["--Xtra\r\n", "--X\nA: b", "--X\r\nnonsense\r\n", "--X\r\nA: b\n\r\n"])
    func `what is broken is refused`(text: String) throws {
        var parser = try parser()
        #expect(throws: MultipartError.malformed) { try parser.receive(Array(text.utf8)) }
        #expect(throws: MultipartError.malformed) { try parser.receive(Array("--X--".utf8)) }
        #expect(!parser.isFinished)
    }

    @Test func `a part's header is bounded`() throws {
        let limit = Limits.standard.multipartHead
        let fits = "--X\r\nA: " + String(repeating: "b", count: limit - 7) + "\r\n\r\n"
        #expect(try parse(fits).parts.count == 1)
        #expect(throws: MultipartError.headersTooLong(limit: limit)) {
            try parse(fits.replacing("A:", with: "AA:"))
        }
        #expect(throws: MultipartError.headersTooLong(limit: limit)) {
            try parse("--X\r\n" + String(repeating: "A: b\r\n", count: 2_000))
        }
    }

    @Test func `the number of parts is bounded`() throws {
        let limit = Limits.standard.multipartParts
        let most = String(repeating: "--X\r\n\r\n\r\n", count: limit)
        #expect(try parse(most).parts.count == limit)
        #expect(throws: MultipartError.tooManyParts(limit: limit)) { try parse(most + "--X\r\n") }
    }
}
