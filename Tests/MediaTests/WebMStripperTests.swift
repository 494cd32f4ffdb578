import Testing

@testable import Media

@Suite struct WebMStripperTests {
    private func strip(_ bytes: [UInt8]) throws(UploadError) -> (bytes: [UInt8], header: MediaHeader) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try WebMStripper.strip(file)
        }
    }

    private static let tags = 0x1254_C367
    private static let attachments = 0x1941_A469
    private static let cluster = 0x1F43_B675

    /// - Parameter isOpen: whether the segment and the clusters have no size, as they come from a browser.
    private static func film(isOpen: Bool = false, type: UInt8 = 1, video: [UInt8] = [], tail: [UInt8] = [])
        -> [UInt8]
    {
        let secret = "SECRET"
        func part(_ id: Int, _ content: [UInt8]) -> [UInt8] {
            isOpen ? EBMLBytes.open(id, content) : EBMLBytes.element(id, content)
        }
        let content =
            EBMLBytes.element(
                0x114D_9B74, EBMLBytes.seek(0x1549_A966), EBMLBytes.seek(tags), EBMLBytes.seek(attachments))
            + EBMLBytes.text(0xEC, secret) + EBMLBytes.info(secret)
            + EBMLBytes.tracks(secret, type: type, video: video)
            + EBMLBytes.element(attachments, EBMLBytes.text(0x61A7, secret))
            + part(cluster, EBMLBytes.blocks) + part(cluster, EBMLBytes.blocks)
            + EBMLBytes.element(0x1C53_BB6B, [0xEC, 0x80])
            + EBMLBytes.element(tags, EBMLBytes.text(0x7373, secret)) + EBMLBytes.text(0x4444, secret)
        return EBMLBytes.header() + part(0x1853_8067, content) + tail
    }

    @Test(arguments: [false, true])
    func `whoever filmed, when and with what is nowhere, and blocks are where they were`(isOpen: Bool) throws
    {
        let film = WebMStripperTests.film(isOpen: isOpen)
        let result = try strip(film)
        #expect(!EditedBytes.contains(result.bytes, "SECRET"))
        #expect(!EditedBytes.contains(result.bytes, "CRC4"), "what was checked has changed")
        for text in ["BLOCKA", "BLOCKB", "V_VP9", "webm"] {
            let places = film.indices.filter { film[$0...].starts(with: text.utf8) }
            #expect(!places.isEmpty)
            #expect(places.allSatisfy { result.bytes[$0...].starts(with: text.utf8) })
        }
        let seeks = [0x1549_A966, WebMStripperTests.tags, WebMStripperTests.attachments].map { id in
            result.bytes.indices.count { result.bytes[$0...].starts(with: EBMLBytes.seek(id)) }
        }
        #expect(seeks == [1, 0, 0])
        #expect(result.header == MediaHeader(kind: .webm, width: 640, height: 360, duration: 2.5))
        #expect(try strip(result.bytes).bytes == result.bytes, "stripping twice changes nothing")
    }

    @Test(
        arguments: [
            (EBMLBytes.element(0x54B0, [200]) + EBMLBytes.element(0x54BA, [100]), 200, 100),
            (
                EBMLBytes.element(0x54B0, [16]) + EBMLBytes.element(0x54BA, [9])
                    + EBMLBytes.element(0x54B2, [3]),
                640, 360
            ),
            (EBMLBytes.element(0x54B0, [16]), 640, 360),
        ] as [([UInt8], Int, Int)])
    func `the size is the one that is shown`(video: [UInt8], width: Int, height: Int) throws {
        let header = try strip(WebMStripperTests.film(video: video)).header
        #expect([header.width, header.height] == [width, height])
    }

    @Test func `sound alone is called a sound`() throws {
        let header = try strip(WebMStripperTests.film(type: 2)).header
        #expect(header == MediaHeader(kind: .weba, duration: 2.5))
        #expect(header.kind.group == .audio && header.kind.mediaType == "audio/webm")
    }

    @Test(arguments: ["S", "SE", "SECRET", "SECRET and more than ten bytes"])
    func `what follows the segment is emptied`(tail: String) throws {
        let film = WebMStripperTests.film(tail: Array(tail.utf8))
        let result = try strip(film).bytes
        #expect(!result[(film.count - tail.utf8.count)...].contains(UInt8(ascii: "S")))
        #expect(try strip(result).bytes == result)
    }

    @Test(
        arguments: [
            ([], UploadError.damaged), (EBMLBytes.header(), .damaged),
            (EBMLBytes.header("matroska") + film().dropFirst(EBMLBytes.header().count), .unsupportedType),
            (Array(film().dropLast()), .damaged), (film(type: 0x21), .unsupportedType),
            (film(type: 0x70), .unsupportedType),
            (EBMLBytes.header() + EBMLBytes.element(0x1853_8067, EBMLBytes.info("")), .damaged),
            (EBMLBytes.header() + EBMLBytes.open(0x1853_8067, EBMLBytes.open(0x1549_A966)), .damaged),
            (EBMLBytes.header() + EBMLBytes.open(0x1853_8067, EBMLBytes.open(0x4444)), .damaged),
            (EBMLBytes.header() + EBMLBytes.open(0x1853_8067, [0, 1, 2]), .damaged),
        ] as [([UInt8], UploadError)])
    func `what is not understood is refused`(bytes: [UInt8], error: UploadError) {
        #expect(throws: error) { try strip(bytes) }
    }

    @Test func `no damage makes it trap`() throws {
        for sample in [WebMStripperTests.film(), WebMStripperTests.film(isOpen: true)] {
            let counts = try EditedBytes.batter(sample) { file throws(UploadError) in
                try WebMStripper.strip(file)
            }
            #expect(counts.refused > sample.count / 2 && counts.passed > 0)
        }
    }
}
