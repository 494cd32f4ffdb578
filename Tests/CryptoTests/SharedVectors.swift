import Foundation

/// The published examples of signatures, kept outside of the repository: in the folder that `ISLET_SHARED`
/// names, or in `shared` beside the repository.
enum SharedVectors {
    static let folder: URL = {
        if let shared = ProcessInfo.processInfo.environment["ISLET_SHARED"] {
            return URL(fileURLWithPath: shared).appending(path: "data/vectors")
        }
        return URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/data/vectors")
    }()

    static var areThere: Bool { FileManager.default.fileExists(atPath: folder.path()) }

    static func load<Document: Decodable>(_ name: String, as type: Document.Type) throws -> Document {
        try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
    }
}

/// rfc9421-appendix-b.json, as far as the tests of this target need it.
struct MessageSignatureVectors: Decodable {
    struct Key: Decodable {
        var publicPEM: String?
        var privatePEM: String?
        var secret: String?

        enum CodingKeys: String, CodingKey {
            case publicPEM = "public_pem"
            case privatePEM = "private_pem"
            case secret = "secret_base64"
        }
    }

    struct Case: Decodable {
        var title: String
        var algorithm: String
        var keyid: String
        var signature: String
        var base: String

        enum CodingKeys: String, CodingKey {
            case title, algorithm, keyid, signature
            case base = "signature_base"
        }

        /// The value between the colons of `label=:VALUE:`.
        var signatureText: String {
            String(signature.drop { $0 != ":" }.dropFirst().dropLast())
        }
    }

    var keys: [String: Key]
    var cases: [Case]
}
