import Testing

@testable import Media

@Suite struct MP4StripperTests {
    private static let date = 0x7E7E_7E7E

    private func strip(_ bytes: [UInt8], _ kind: MediaKind = .mp4) throws(UploadError) -> (
        bytes: [UInt8], header: MediaHeader
    ) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try MP4Stripper.strip(file, kind: kind)
        }
    }

    /// A film with a picture track, a sound track and one of a camera's own, behind the samples.
    ///
    /// - Parameter secret: stands wherever something can be said. Empty for what the result should be.
    static func film(
        _ secret: String = "SECRET", extra: [UInt8] = [], codec: String = "avc1",
        decoder: [UInt8] = ISOBytes.box("avcC", [1, 2, 3]), handler: String = "meta", dataAt: Int? = nil,
        tail: [UInt8] = []
    ) -> [UInt8] {
        let start =
            ISOBytes.ftyp + ISOBytes.box("uuid", ISOBytes.big(0xBE7A_CFCB, 16), Array(secret.utf8))
            + ISOBytes.box("free", Array(secret.utf8))
        let samples = Array("PICTUREsoundSECRETSOUND!!SECRET".utf8)
        let first = start.count + 8
        let udta = ISOBytes.box("udta", ISOBytes.box("\u{40}xyz", Array(secret.utf8)))
        let meta = ISOBytes.full(
            "meta", ISOBytes.hdlr("mdir", name: secret), ISOBytes.box("ilst", Array(secret.utf8)))
        let picture = ISOBytes.box(
            "trak", ISOBytes.tkhd(1, date),
            ISOBytes.box(
                "tref", ISOBytes.box("cdsc", ISOBytes.big(3, 4)), ISOBytes.box("sync", [0, 0, 0, 2])),
            ISOBytes.mdia(
                "vide", date, name: secret,
                stbl: ISOBytes.stbl(
                    ISOBytes.film(
                        codec, encoder: "GoPro \(secret)",
                        decoder + ISOBytes.box("uuid", Array(secret.utf8))),
                    sizes: [7], offsets: [first], extra: ISOBytes.box("PANA", Array(secret.utf8))),
                url: secret), udta, meta)
        let sound = ISOBytes.box(
            "trak", ISOBytes.tkhd(2, date, width: 0, height: 0),
            ISOBytes.mdia(
                "soun", date, name: secret,
                stbl: ISOBytes.stbl(
                    ISOBytes.sound("mp4a", ISOBytes.box("esds", [4, 5])), sizes: [5, 7],
                    offsets: [first + 7, first + 18])))
        let data = ISOBytes.box(
            "trak", ISOBytes.tkhd(3, date, width: 0, height: 0),
            ISOBytes.mdia(
                handler, date, name: secret,
                stbl: ISOBytes.stbl(
                    ISOBytes.box("gpmd", Array(secret.utf8)), sizes: [4, 2, 6],
                    perChunk: 2, offsets: [dataAt ?? first + 12, first + 25])))
        return start + ISOBytes.box("mdat", samples)
            + ISOBytes.box("moov", ISOBytes.mvhd(date), picture, sound, data, udta, meta, extra) + tail
    }

    @Test func `whoever filmed, when, where and with what is nowhere, and the samples are where they were`()
        throws
    {
        let film = MP4StripperTests.film()
        let result = try strip(film)
        for text in [
            "SECRET", "GoPr", "~~~~", "XAVC", "CAEP", "appl", "xyz", "PANA", "udta", "meta", "uuid", "cdsc",
        ] {
            #expect(EditedBytes.contains(film, text))
            #expect(!EditedBytes.contains(result.bytes, text), "\(text)")
        }
        let zeros = String(repeating: "\0", count: 6)
        #expect(EditedBytes.contains(result.bytes, "mdatPICTUREsound\(zeros)SOUND!!\(zeros)"))
        for text in ["avcC\u{1}\u{2}\u{3}", "esds\u{4}\u{5}", "vide", "soun", "sync\0\0\0\u{2}", "ftypmp42"] {
            #expect(EditedBytes.contains(result.bytes, text))
        }
        #expect(result.header == MediaHeader(kind: .mp4, width: 64, height: 48, duration: 2.5))
        #expect(try strip(result.bytes).bytes == result.bytes, "stripping twice changes nothing")
    }

    @Test(arguments: ["meta", "mebx", "camm", "rtmd", "tmcd", "text", "sbtl", "GPS "])
    func `a track that is neither for eyes nor for ears goes with its samples`(handler: String) throws {
        let result = try strip(MP4StripperTests.film(handler: handler))
        #expect(!EditedBytes.contains(result.bytes, "SECRET"))
        #expect(!EditedBytes.contains(result.bytes, handler))
    }

    @Test(arguments: [false, true])
    func `sizes follow the turn, times of both widths are erased, and lengths come from both`(isLong: Bool)
        throws
    {
        let stbl = ISOBytes.stbl(ISOBytes.film("avc1", encoder: ""), sizes: [1], offsets: [36])
        let film =
            ISOBytes.ftyp + ISOBytes.box("mdat", [9])
            + ISOBytes.box(
                "moov",
                ISOBytes.mvhd(MP4StripperTests.date, timescale: 600, duration: 900, isLong: isLong),
                ISOBytes.box(
                    "trak",
                    ISOBytes.tkhd(
                        1, MP4StripperTests.date, width: 640, height: 360, matrix: ISOBytes.turned,
                        isLong: isLong),
                    ISOBytes.mdia("vide", 0, name: "", stbl: stbl)))
        let result = try strip(film, .quickTime)
        #expect(result.header == MediaHeader(kind: .quickTime, width: 360, height: 640, duration: 1.5))
        #expect(!EditedBytes.contains(result.bytes, "~~~~"))
        let changed = zip(film, result.bytes).enumerated().count { $1.0 != $1.1 }
        // Two brands, four dates, three times a name of the maker, and that the samples are in this file.
        #expect(changed == 8 + 16 + 12 + 1)
    }

    @Test func `a film without pictures is a sound, and the other way round`() throws {
        let sound = ISOBytes.box(
            "trak", ISOBytes.tkhd(1, 0, width: 0, height: 0),
            ISOBytes.mdia(
                "soun", 0, name: "",
                stbl: ISOBytes.stbl(ISOBytes.sound("mp4a"), sizes: [1], offsets: [36])))
        let film = ISOBytes.ftyp + ISOBytes.box("mdat", [9]) + ISOBytes.box("moov", ISOBytes.mvhd(0), sound)
        #expect(try strip(film).header == MediaHeader(kind: .m4a, duration: 2.5))
        #expect(try strip(MP4StripperTests.film(), .m4a).header.kind == .mp4)
    }

    @Test(arguments: [3, 25, 1 << 31])
    func `media data that belongs to no track that stays is erased, whatever its track says`(place: Int)
        throws
    {
        #expect(!EditedBytes.contains(try strip(MP4StripperTests.film(dataAt: place)).bytes, "SECRET"))
    }

    /// Two fragments of a film whose `moov` says no length.
    ///
    /// - Parameter base: what places are counted from, as a flag of `tfhd`.
    private static func fragments(track: Int = 1, base: Int = 0x20000) -> [UInt8] {
        func fragment(_ time: Int, at start: Int, samples: Int = 0) -> [UInt8] {
            let place = base == 1 ? ISOBytes.big(start + samples - 7, 8) : []
            let moof = ISOBytes.box(
                "moof", ISOBytes.full("mfhd", ISOBytes.big(1, 4)),
                ISOBytes.box(
                    "traf",
                    ISOBytes.full(
                        "tfhd", flags: base | 0x18, ISOBytes.big(track, 4), place, ISOBytes.big(30, 4),
                        ISOBytes.big(3, 4)),
                    ISOBytes.full("tfdt", version: 1, ISOBytes.big(time, 8)),
                    ISOBytes.full(
                        "trun", flags: 1, ISOBytes.big(2, 4), ISOBytes.big(base == 1 ? 7 : samples, 4)),
                    ISOBytes.full(
                        "trun", flags: 0x300, ISOBytes.big(1, 4), ISOBytes.big(15, 4), ISOBytes.big(1, 4)),
                    ISOBytes.box("uuid", Array("SECRET".utf8))),
                ISOBytes.box("meta", ISOBytes.hdlr("mdta", name: "SECRET")))
            // Once to know how long it is.
            if samples == 0 { return fragment(time, at: start, samples: moof.count + 14) }
            return moof + ISOBytes.box("mdat", Array("SECRETPICTURESECRET".utf8))
        }
        func trak(_ id: Int, _ handler: String) -> [UInt8] {
            ISOBytes.box(
                "trak", ISOBytes.tkhd(id, 0),
                ISOBytes.mdia(
                    handler, 0, name: "",
                    stbl: ISOBytes.stbl(ISOBytes.film("avc1", encoder: ""), sizes: [], offsets: [])))
        }
        var film =
            ISOBytes.ftyp
            + ISOBytes.box(
                "moov", ISOBytes.mvhd(0, duration: 0), trak(1, "vide"), trak(2, "meta"),
                ISOBytes.box("mvex", ISOBytes.full("trex", ISOBytes.big(1, 4), ISOBytes.big(1, 16))))
            + ISOBytes.box("emsg", Array("SECRET".utf8))
        film += fragment(0, at: film.count)
        film += fragment(75, at: film.count)
        return film + ISOBytes.box("prft", Array("SECRET".utf8))
    }

    @Test(arguments: [0x20000, 0, 1])
    func `fragments are cleaned and counted, and their samples stay`(base: Int) throws {
        let result = try strip(MP4StripperTests.fragments(base: base))
        let wanted = Array("mdat\0\0\0\0\0\0PICTURE\0\0\0\0\0\0".utf8)
        #expect(result.bytes.indices.count { result.bytes[$0...].starts(with: wanted) } == 2)
        #expect(result.header == MediaHeader(kind: .mp4, width: 64, height: 48, duration: 1.5))
        #expect(!EditedBytes.contains(result.bytes, "SECRET"))
        #expect(throws: UploadError.unsupportedType, "of a track that does not stay") {
            try strip(MP4StripperTests.fragments(track: 2))
        }
    }

    @Test(arguments: ["SEFT and more SECRET", "SECRET!", "\0\0\0\0SECRET", "\0\0\0\u{10}uuidSECRET!!"])
    func `what a camera put behind the last box is emptied`(tail: String) throws {
        let result = try strip(MP4StripperTests.film(tail: Array(tail.utf8)))
        #expect(!EditedBytes.contains(result.bytes, "SECRET"))
        #expect(try strip(result.bytes).bytes == result.bytes, "it is a file like others now")
    }

    @Test(
        arguments: [
            ([], UploadError.damaged), (ISOBytes.ftyp, .damaged),
            (Array(film().dropLast()), .damaged), (film() + ISOBytes.box("moov", ISOBytes.mvhd(0)), .damaged),
            (film(extra: ISOBytes.box("cmov")), .unsupportedType),
            (film(extra: ISOBytes.full("meta", ISOBytes.box("iloc"))), .unsupportedType),
            (film(extra: [0, 0, 0, 4] + Array("udta".utf8)), .damaged),
            (ISOBytes.ftyp + ISOBytes.box("moof") + film(), .damaged),
            (
                ISOBytes.ftyp + ISOBytes.box("mdat", [9]) + ISOBytes.box("moov", ISOBytes.mvhd(0)),
                .unsupportedType
            ),
        ] as [([UInt8], UploadError)])
    func `what is not understood is refused`(bytes: [UInt8], error: UploadError) {
        #expect(throws: error) { try strip(bytes) }
    }

    @Test func `no damage makes it trap`() throws {
        for sample in [MP4StripperTests.film(), MP4StripperTests.fragments()] {
            let counts = try EditedBytes.batter(sample) { file throws(UploadError) in
                try MP4Stripper.strip(file, kind: .mp4)
            }
            #expect(counts.refused > sample.count && counts.passed > 0)
        }
    }
}
