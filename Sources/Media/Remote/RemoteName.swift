package import Storage

/// The name of a remote file in addresses and in the cache: `KIND-ID-SIGNATURE`.
///
/// Only names of this form ever become paths.
package struct RemoteName: Hashable, Sendable, CustomStringConvertible {
    package let file: RemoteFile
    package let signature: String

    /// From the parts of an address; nil unless they are spelled as they were given out.
    package init?(kind: some StringProtocol, id: some StringProtocol, signature: some StringProtocol) {
        guard let kind = RemoteFile.Kind(rawValue: String(kind)), let number = Int64(id), number > 0,
            String(number) == id, signature.utf8.count == RemoteName.signatureLength,
            signature.utf8.allSatisfy(RemoteName.isLetter)
        else { return nil }
        file = RemoteFile(kind, number)
        self.signature = String(signature)
    }

    /// From the name of a file in the cache.
    package init?(_ name: String) {
        let parts = name.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        self.init(kind: parts[0], id: parts[1], signature: parts[2])
    }

    package var description: String { "\(file.kind.rawValue)-\(file.id)-\(signature)" }

    /// Whether this is the signature, in a time that does not tell where they differ.
    func isSigned(with expected: String) -> Bool {
        let (left, right) = (Array(signature.utf8), Array(expected.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Sixteen bytes in base64url without padding, RFC 4648 section 5.
    private static let signatureLength = 22

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
