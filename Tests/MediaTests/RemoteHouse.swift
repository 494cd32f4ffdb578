import Basics
import Foundation
import HTTP
import Storage
import Synchronization
import Testing

@testable import Media

/// A proxy with its cache, a store with somebody who posts pictures, and a server that has them.
final class RemoteHouse: Sendable {
    static let avatar = "https://files.lake.example/anna.png"
    static let film = "https://files.lake.example/film"

    let folder: String
    let store: Store
    let remote = FakeRemote()
    let cache: MediaCache
    let proxy: MediaProxy
    let router: Router
    let anna: ActorID
    let attachment: AttachmentID
    private let time = Mutex(Timestamp(milliseconds: 1_767_225_600_000))
    private let alarms = Alarms()
    /// What the disk has free.
    let free = Mutex(1 << 40)
    /// What the disk holds in all, where what it has free is to depend on what is stored.
    let disk = Mutex<Int?>(nil)

    init(
        bytes: Int = 1 << 20, reserve: Int = 0, limits: RemoteLimits = RemoteLimits(),
        blocked: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws {
        folder = NSTemporaryDirectory() + "islet-cache-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try Store(path: folder + "/islet.db", limits: Store.Limits(gathering: .zero))
        let now = Timestamp(milliseconds: 1_767_225_600_000)
        (anna, attachment) = try await store.write { tx in
            var anna = Actor(
                uri: "https://lake.example/users/anna", username: "anna", domain: "lake.example",
                createdAt: now)
            anna.avatar = RemoteHouse.avatar
            let id = try Actors.save(anna, in: tx)
            let status = try Statuses.insert(
                Status(
                    uri: "https://lake.example/notes/1", actor: id, createdAt: now, visibility: .public),
                in: tx)
            var attachment = Attachment(kind: .image, createdAt: now)
            (attachment.status, attachment.remoteURL) = (status, RemoteHouse.film)
            return (id, try Attachments.insert(attachment, in: tx))
        }
        let (time, free) = (TimeOf(), FreeOf())
        let clock = Clock(
            now: { time.house?.time.withLock { $0 } ?? now },
            after: { [alarms] _, ring in
                alarms.rings.withLock { $0.append(ring) }
                return {}
            })
        cache = MediaCache(
            folder: folder + "/cache", bounds: MediaCache.Bounds(bytes: bytes, reserve: reserve),
            worker: Worker(name: "test", threads: 1, limit: 64), clock: clock,
            freeBytes: { _ in free.house?.measured })
        try cache.prepare()
        proxy = MediaProxy(
            cache: cache,
            asking: RemoteAsking(open: remote.open, userAgent: "Islet", mayAsk: { !blocked($0) }),
            store: store, clock: clock, limits: limits, sign: RemoteHouse.sign)
        router = Router(RemoteFileEndpoint(proxy).routes)
        time.house = self
        free.house = self
    }

    deinit {
        // A folder that stays behind in the temporary folder fails no test.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Not a real signature: that it depends on what must be signed is all that counts here.
    static func sign(_ file: RemoteFile, _ url: String) -> String {
        let text = "\(file.kind.rawValue)\(file.id)\(file.mayChange ? url : "")"
        let sum = text.utf8.reduce(UInt64(7)) { $0 &* 1_099_511_628_211 ^ UInt64($1) }
        let digits = String(sum, radix: 36)
        return digits + String(repeating: "_", count: 22 - digits.count)
    }

    var avatar: RemoteFile { RemoteFile(.avatar, anna.value) }
    var film: RemoteFile { RemoteFile(.attachment, attachment.value) }

    func address(of file: RemoteFile, at url: String = RemoteHouse.avatar) -> String {
        "/media/\(file.kind.rawValue)/\(file.id)/\(RemoteHouse.sign(file, url))"
    }

    func get(_ address: String, _ fields: Fields = [:], _ method: HTTP.Method = .get) async throws -> Response
    {
        var request = Request(method, address, fields: fields)
        guard case .found(let route, let parameters) = router.match(.get, request.target) else {
            throw NoRoute()
        }
        request.parameters = parameters
        return try await route.handle(request)
    }

    private struct NoRoute: Error {}

    /// Names in the cache.
    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder + "/cache").sorted() }
    }

    /// Bytes of the files in the cache, in whole blocks.
    var used: Int {
        get throws {
            try files.reduce(0) { sum, file in
                let facts = try FileManager.default.attributesOfItem(atPath: "\(cache.folder)/\(file)")
                return sum + ((facts[.size] as? Int ?? 0) + 4_095) / 4_096 * 4_096
            }
        }
    }

    private var measured: Int? {
        guard let all = disk.withLock({ $0 }) else { return free.withLock { $0 } }
        // A folder that cannot be read is as good as one on a disk of which nobody can say anything.
        return (try? used).map { all - $0 }
    }

    /// Lets every alarm ring that was set, however far it is.
    func ring() {
        let rings = alarms.rings.withLock { rings in
            defer { rings = [] }
            return rings
        }
        for ring in rings { ring() }
    }

    func pass(_ duration: Duration) { time.withLock { $0 = $0 + duration } }

    /// Runs the proxy beside this.
    func running<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws
        -> Result
    {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                await self.proxy.run()
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw NoRoute()
        }
    }

    /// Lets others work until this is so.
    func until(_ condition: () throws -> Bool) async throws {
        for _ in 0..<200_000 {
            if try condition() { return }
            await Task.yield()
            sched_yield()
        }
        Issue.record("it never became so")
    }
}

private final class Alarms: Sendable {
    let rings = Mutex<[@Sendable () -> Void]>([])
}

/// What closures know of a house that is not finished yet. `@unchecked Sendable`: set once, before anybody asks.
private final class TimeOf: @unchecked Sendable { weak var house: RemoteHouse? }
private final class FreeOf: @unchecked Sendable { weak var house: RemoteHouse? }

extension Response {
    /// All of the body, from wherever it comes.
    func bytes() async throws -> [UInt8] {
        switch body {
        case .none, .webSocket: return []
        case .bytes(let bytes): return bytes
        case .file(let path, let range):
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            return Array(data[range])
        case .openFile(let file, let range):
            var bytes = [UInt8](repeating: 0, count: range.count)
            let count = pread(file.descriptor, &bytes, range.count, off_t(range.lowerBound))
            return Array(bytes.prefix(max(0, count)))
        case .stream(let stream, _):
            var bytes: [UInt8] = []
            while let piece = try await stream.next() { bytes += piece }
            return bytes
        }
    }
}
