internal import Crypto

/// What a `Collection-Synchronization` header says: which followers on our side the sender counts. FEP-8fcf.
package struct CollectionSynchronization: Sendable, Hashable {
    /// The `followers` of the sender.
    package let collectionID: String
    /// Where the part of it that is ours can be had.
    package let url: String
    /// 64 hexadecimal digits in lower case.
    package let digest: String

    /// Longest header that is read, in bytes.
    private static let limit = 8_192

    package init(collectionID: String, url: String, digest: String) {
        self.collectionID = collectionID
        self.url = url
        self.digest = digest
    }

    /// Reads the value of a header; `nil` if one of the three is missing or the digest is none.
    package init?(_ header: String) {
        guard header.utf8.count <= CollectionSynchronization.limit else { return nil }
        let parameters: SignatureParameters
        do throws(SignatureFault) {
            parameters = try SignatureParameters(Array(header.utf8))
        } catch {
            return nil
        }
        guard let id = parameters["collectionId"], let url = parameters["url"],
            let digest = parameters["digest"], (1...KeyID.limit).contains(id.count),
            (1...KeyID.limit).contains(url.count),
            let bytes = Hex.decode(String(decoding: digest, as: UTF8.self)), bytes.count == 32
        else { return nil }
        collectionID = String(decoding: id, as: UTF8.self)
        self.url = String(decoding: url, as: UTF8.self)
        self.digest = Hex.encode(bytes)
    }

    /// The value of the header.
    package var header: String {
        "collectionId=\"\(collectionID)\", url=\"\(url)\", digest=\"\(digest)\""
    }

    /// The digest of a set of ids, in whatever order; an id that comes twice cancels itself out.
    package static func digest(of ids: some Sequence<String>) -> String {
        var sum = [UInt8](repeating: 0, count: 32)
        for id in ids {
            for (index, byte) in Digest.sha256(Array(id.utf8)).enumerated() { sum[index] ^= byte }
        }
        return Hex.encode(sum)
    }
}
