import Basics
import Foundation
import HTTP
import Media
import Storage

/// A media folder with a store beside it.
final class MediaHouse: Sendable {
    let folder: String
    let store: Store
    let uploads: Uploads
    let router: Router

    init(leftover: String? = nil, jobs: Int = 4, limits: UploadLimits = .standard) throws {
        folder = NSTemporaryDirectory() + "islet-media-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/media", withIntermediateDirectories: true)
        if let leftover { try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/media/\(leftover)")) }
        store = try Store(path: folder + "/islet.db", limits: Store.Limits(gathering: .zero))
        // Not a real digest: what is stored under which name is all that counts here.
        uploads = try Uploads(
            folder: folder + "/media", store: store, worker: Worker(name: "test", threads: 1, limit: jobs),
            uploadLimits: limits
        ) {
            let sum = Sum()
            return StreamingDigest(update: { sum.add($0) }, finish: { sum.digits })
        }
        router = Router(MediaEndpoint(folder: folder + "/media").routes)
    }

    deinit {
        // A folder that stays behind in the temporary folder fails no test.
        try? FileManager.default.removeItem(atPath: folder)
    }

    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder + "/media").sorted() }
    }

    /// A form with these parts: name, file name if it is one, content.
    static func form(_ parts: [(String, String?, [UInt8])], isClosed: Bool = true) -> [UInt8] {
        var body: [UInt8] = []
        for (name, file, content) in parts {
            let filename = file.map { "; filename=\"\($0)\"" } ?? ""
            body += Array("--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(filename)\r\n\r\n".utf8)
            body += content + [13, 10]
        }
        return isClosed ? body + Array("--b--\r\n".utf8) : body
    }

    static let type = MediaType("multipart/form-data; boundary=b")
}

private final class Sum {
    private var value: UInt64 = 0

    func add(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes { value = value &* 31 &+ UInt64(byte) }
    }

    var digits: String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 64 - text.count) + text
    }
}
