/// The name of a stored file: the SHA-256 of its content in hexadecimal digits, a dot, and its extension.
///
/// Only names of this form ever become paths.
package struct MediaFile: Hashable, Sendable, CustomStringConvertible {
    package let name: String
    package let kind: MediaKind

    package init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 64,
            parts[0].utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }),
            let kind = MediaKind(fileExtension: parts[1])
        else { return nil }
        self.name = name
        self.kind = kind
    }

    package var description: String { name }
}
