import HTTP
import Synchronization
import Testing

@testable import Media

@Suite struct PreviewsTests {
    private let house: MediaHouse

    init() throws { house = try MediaHouse() }

    private func previews(_ make: MakePicture?, replaces: Bool = true) -> Previews {
        Previews(folder: house.folder + "/media", make: make, replaces: replaces) {
            let sum = Mutex(0)
            return StreamingDigest(
                update: { bytes in sum.withLock { $0 &+= bytes.reduce(0) { $0 &* 31 &+ Int($1) } } },
                finish: {
                    let digits = String(sum.withLock { UInt64(bitPattern: Int64($0)) }, radix: 16)
                    return String(repeating: "0", count: 64 - digits.count) + digits
                })
        }
    }

    private func file(_ kind: MediaKind, _ width: Int?, _ height: Int?, size: Int = 1_000_000) -> StoredFile {
        StoredFile(
            name: String(repeating: "a", count: 64) + "." + kind.fileExtension,
            header: MediaHeader(kind: kind, width: width, height: height), size: size)
    }

    private static let jpeg =
        Bytes.jpegStart + Bytes.jfif + Bytes.segment(0xFE, Array("made by me".utf8))
        + Bytes.frame(width: 200, height: 100) + Bytes.scan + Bytes.jpegEnd
    private static let ppm = Array("P6\n1 1\n255\n".utf8) + [255, 0, 0]
    private static let endlessPNG =
        Array(Bytes.png.prefix(33)) + [0x7F, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8)
    private static let red = "L~TI:j|c|c|c|c|c|c|c|c|c|c|c"

    /// Answers every wish with a whole picture, in two pieces, and keeps what was wished.
    private func obliging(_ wishes: Wishes = Wishes()) -> MakePicture {
        { _, wish, receiver, _ in
            wishes.all.withLock { $0.append(wish) }
            let bytes =
                switch wish.form {
                case .jpeg: PreviewsTests.jpeg
                case .png: Bytes.png
                case .pixels: PreviewsTests.ppm
                }
            guard receiver.take(bytes.prefix(20)), receiver.take(bytes.dropFirst(20)) else { return }
            receiver.finish()
        }
    }

    private final class Wishes: Sendable {
        let all = Mutex<[PictureWish]>([])
        var lines: [String] { all.withLock { $0.map { String($0.line.dropFirst(9).dropLast()) } } }
    }

    @Test func `a picture has a preview without what it says about its maker, and a blur`() async throws {
        let wishes = Wishes()
        let original = file(.jpeg, 1_920, 1_080)
        let prepared = await previews(obliging(wishes)).prepare(original)
        let preview = try #require(prepared.preview)
        #expect(prepared.file == original)
        #expect(preview.header == MediaHeader(kind: .jpeg, width: 200, height: 100))
        #expect(preview.size == Self.jpeg.count - 14, "the comment is gone")
        #expect(try house.files == [preview.name])
        #expect(prepared.blurhash == Self.red)
        #expect(wishes.lines == ["jpg jpeg 640 360 80", "jpg pixels 32 32 80"])
    }

    @Test(
        arguments: [
            (.jpeg, 4_000, 3_000, ["jpg jpeg 3325 2494 85", "jpg pixels 32 32 80"]),
            (.heic, 400, 300, ["heic jpeg 400 300 85", "jpg pixels 32 32 80"]),
            (.png, 5_120, 2_880, ["png png 3840 2160 85", "png pixels 32 32 80"]),
            (.gif, 5_120, 2_880, ["gif png 640 360 80", "png pixels 32 32 80"]),
            (.webp, 1_920, 1_080, ["webp png 640 360 80", "png pixels 32 32 80"]),
            (.jpeg, 640, 360, ["jpg pixels 32 32 80"]),
            (.mp4, 1_080, 1_920, ["mp4 jpeg 360 640 80", "jpg pixels 32 32 80"]),
            (.webm, nil, nil, ["webm jpeg 480 480 80", "jpg pixels 32 32 80"]),
            (.mp3, nil, nil, []),
        ] as [(MediaKind, Int?, Int?, [String])])
    func `each kind is made into what can be shown`(
        kind: MediaKind, width: Int?, height: Int?, expected: [String]
    ) async {
        let wishes = Wishes()
        let original = file(kind, width, height)
        let prepared = await previews(obliging(wishes)).prepare(original)
        #expect(wishes.lines == expected)
        let isReplaced = kind == .heic || kind != .gif && (width ?? 0) * (height ?? 0) > 8_294_400
        #expect((prepared.file == original) == !isReplaced)
        #expect((prepared.blurhash == nil) == (kind == .mp3))
    }

    @Test func `a preview that is larger than the picture is not shown`() async {
        let prepared = await previews(obliging()).prepare(file(.jpeg, 1_920, 1_080, size: 50))
        #expect(prepared.preview == nil)
        #expect(prepared.blurhash == Self.red)
    }

    @Test func `somebody who does not convert colours makes previews and replaces no original`() async {
        let wishes = Wishes()
        let original = file(.jpeg, 4_000, 3_000)
        let previews = previews(obliging(wishes), replaces: false)
        #expect(await previews.prepare(original).file == original)
        #expect(await previews.cover(original, width: 400, height: 400) == original)
        #expect(wishes.lines == ["jpg jpeg 554 415 80", "jpg pixels 32 32 80"])
    }

    @Test func `a preview that is only too long costs the preview, not the blur`() async throws {
        let prepared = await previews { _, wish, receiver, _ in
            let start = wish.form == .pixels ? PreviewsTests.ppm : Self.endlessPNG
            guard receiver.take(start[...]) else { return }
            if wish.form == .pixels { return receiver.finish() }
            // The data of a chunk that never ends.
            let piece = [UInt8](repeating: 0, count: 65_536)
            while receiver.take(piece[...]) {}
        }.prepare(file(.png, 1_920, 1_080))
        #expect(prepared.preview == nil)
        #expect(prepared.blurhash == Self.red)
        #expect(try house.files.isEmpty)
    }

    @Test func `all pictures of an upload have one end of patience`() async throws {
        let ends = Mutex<Set<ContinuousClock.Instant>>([])
        let oblige = obliging()
        let before = ContinuousClock.now
        _ = await previews { file, wish, receiver, until in
            _ = ends.withLock { $0.insert(until) }
            await oblige(file, wish, receiver, until)
        }.prepare(file(.heic, 4_000, 3_000))
        let end = try #require(ends.withLock { $0.count == 1 ? $0.first : nil })
        #expect(before + Previews.patience <= end && end <= .now + Previews.patience)
    }

    @Test func `without anybody who makes pictures all stays as it is`() async throws {
        for kind in MediaKind.allCases {
            let original = file(kind, 9_000, 6_000)
            #expect(await previews(nil).prepare(original) == Previews.Prepared(file: original))
            #expect(await previews(nil).cover(original, width: 400, height: 400) == original)
        }
        #expect(try house.files.isEmpty)
    }

    /// What may come in the place of a JPEG of 640 by 360 pixels.
    private static let lies: [String: [UInt8]] = [
        "nothing": [], "text": Array("no picture".utf8), "cut short": Array(jpeg.dropLast(2)),
        "another kind": Bytes.png, "too wide": jpegStart(width: 0xFFFF),
        "wider than wished": jpegStart(width: 641),
        "endless": jpeg + [UInt8](repeating: 0, count: 1 << 20),
        "a program": Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8),
    ]

    @Test(arguments: lies.keys.sorted(), [true, false])
    func `a maker that is killed, lies or does not end costs the preview and leaves nothing behind`(
        lie: String, isWhole: Bool
    ) async throws {
        let answer = try #require(Self.lies[lie])
        let taken = Mutex(0)
        let prepared = await previews { _, _, receiver, _ in
            var rest = answer[...]
            while !rest.isEmpty {
                guard receiver.take(rest.prefix(65_536)) else { break }
                taken.withLock { $0 += min(rest.count, 65_536) }
                rest = rest.dropFirst(65_536)
            }
            if isWhole { receiver.finish() }
        }.prepare(file(.jpeg, 1_920, 1_080))
        #expect(prepared.file.name.hasPrefix("aaaa") && prepared.preview == nil && prepared.blurhash == nil)
        #expect(try house.files.isEmpty)
        #expect(taken.withLock { $0 } < 1 << 19, "what does not end is not listened to")
    }

    private static func jpegStart(width: Int) -> [UInt8] {
        let size = [8, 0, 9, UInt8(width >> 8), UInt8(width & 255), 1, 1, 0x11, 0]
        return Bytes.jpegStart + Bytes.segment(0xC0, size) + Bytes.scan + Bytes.jpegEnd
    }

    @Test(
        arguments: [
            (.jpeg, 4_000, 3_000, "jpg jpeg 533 400 90"), (.png, 401, 4_000, "png png 400 3990 90"),
            (.heic, 300, 200, "heic jpeg 300 200 90"), (.jpeg, 300, 4_000, nil), (.gif, 4_000, 3_000, nil),
        ] as [(MediaKind, Int, Int, String?)])
    func `a profile picture is shrunk until it just covers its place`(
        kind: MediaKind, width: Int, height: Int, expected: String?
    ) async {
        let wishes = Wishes()
        let original = file(kind, width, height)
        let covering = await previews(obliging(wishes)).cover(original, width: 400, height: 400)
        #expect(wishes.lines == (expected.map { [$0] } ?? []))
        #expect((covering == original) == (expected == nil))
    }
}
