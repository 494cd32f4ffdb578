/// The kinds of pictures that are recognised by their first bytes; what a client or server calls them is not
/// believed.
package enum ImageKind: Hashable, Sendable {
    case jpeg
    case png
    case gif
    case webp

    /// How many bytes are needed to tell.
    package static let prefixLength = 12

    /// The kind whose signature these bytes begin with, or nil.
    package init?(prefix bytes: some Collection<UInt8>) {
        let start = Array(bytes.prefix(ImageKind.prefixLength))
        if start.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if start.starts(with: ImageKind.pngSignature) {
            self = .png
        } else if start.starts(with: "GIF87a".utf8) || start.starts(with: "GIF89a".utf8) {
            self = .gif
        } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).elementsEqual("WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }

    /// <https://www.w3.org/TR/png-3/#5PNG-file-signature>
    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    package var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        }
    }

    /// Without the dot.
    package var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .png: "png"
        case .gif: "gif"
        case .webp: "webp"
        }
    }

    /// The kind of a file of ours, by its name.
    package init?(fileExtension: some StringProtocol) {
        switch fileExtension {
        case "jpg": self = .jpeg
        case "png": self = .png
        case "gif": self = .gif
        case "webp": self = .webp
        default: return nil
        }
    }
}
