import Markup

/// A file of a post in a feed, <https://www.rssboard.org/media-rss>.
struct FeedFile {
    let address: String
    let type: String
    private let kind: String
    private let description: String
    private let isSensitive: Bool

    static func all(of post: Post) -> [FeedFile] {
        post.files.filter { $0.remote == nil }.compactMap { file in
            guard let type = type(of: file.url) else { return nil }
            return FeedFile(
                address: file.url, type: type, kind: file.kind, description: file.description,
                isSensitive: post.isSensitive)
        }
    }

    var media: HTML {
        let medium: HTML =
            switch kind {
            case "video", "gifv": "video"
            case "audio": "audio"
            default: "image"
            }
        let rating: HTML = isSensitive ? "adult" : "nonadult"
        let text: HTML =
            description.isEmpty
            ? HTML() : "<media:description type=\"plain\">\(description)</media:description>"
        return """
            <media:content url="\(address)" type="\(type)" medium="\(medium)"><media:rating scheme="urn:simple">\(rating)\
            </media:rating>\(text)</media:content>

            """
    }

    /// By the ending, which own files have from their first bytes.
    private static func type(of address: String) -> String? {
        let ending = address.split(separator: ".").last.map(String.init) ?? ""
        return types[ending]
    }

    private static let types = [
        "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
        "avif": "image/avif", "heic": "image/heic", "mp4": "video/mp4", "mov": "video/quicktime",
        "webm": "video/webm", "mp3": "audio/mpeg", "ogg": "audio/ogg", "flac": "audio/flac",
        "m4a": "audio/mp4", "wav": "audio/wav", "weba": "audio/webm",
    ]
}
