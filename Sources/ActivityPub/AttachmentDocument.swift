import JSON

/// A file that belongs to somebody's post, where it is and what is said about it.
package struct AttachmentDocument: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case image, video, audio
        /// A page that the post links to, as Lemmy does.
        case link
        case unknown
    }

    package let kind: Kind
    package let mediaType: String?
    package let url: String
    /// The text for those who do not see or hear it, at most 10,000 characters.
    package let description: String?
    package let blurhash: String?
    /// Where the picture is that stands for a recording.
    package let preview: String?
    /// In seconds.
    package let duration: Double?
    /// Pixels.
    package let width: Int?
    package let height: Int?
    /// What must stay in sight when the picture is cropped: -1 to 1 from left and from bottom.
    package let focalPoint: Focus?

    package struct Focus: Sendable, Equatable {
        package let x: Double
        package let y: Double
    }

    /// The attachments of a post, and the post itself when it is a picture or recording.
    static func all(in document: JSONValue, of type: NoteType) -> [AttachmentDocument] {
        var found: [AttachmentDocument] = []
        switch type {
        case .image, .video, .audio: found += [AttachmentDocument(document, isMain: true)].compactMap(\.self)
        default: break
        }
        guard let attachments = document["attachment"] else { return found }
        for item in attachments.asArray.prefix(NoteDocument.Limits.attachments) {
            if let attachment = AttachmentDocument(item, isMain: false) { found.append(attachment) }
        }
        return found
    }

    private init?(_ item: JSONValue, isMain: Bool) {
        let types = item.types
        if types.contains("PropertyValue") || types.contains("Note") && !isMain { return nil }
        guard let file = AttachmentDocument.file(of: item, types: types) else { return nil }
        url = file.url
        mediaType = file.mediaType
        kind = AttachmentDocument.kind(mediaType: file.mediaType, types: types)
        let text = isMain ? nil : item.name("summary") ?? item.name("name")
        description = text.flatMap { $0.isEmpty ? nil : String($0.prefix(10_000)) }
        blurhash = item[term: "blurhash"]?.string.flatMap { Blurhash.isValid($0) ? $0 : nil }
        preview = kind == .image ? nil : item["icon"].flatMap(Link.picture)
        duration = item["duration"]?.string.flatMap(ISODuration.seconds)
        width = item.integer("width").flatMap { 1...100_000 ~= $0 ? $0 : nil }
        height = item.integer("height").flatMap { 1...100_000 ~= $0 ? $0 : nil }
        focalPoint = item[term: "focalPoint"].flatMap(AttachmentDocument.focus)
    }

    /// The address and its type: the item's own `url` or `href`, or the best of several Links.
    private static func file(of item: JSONValue, types: [String]) -> (url: String, mediaType: String?)? {
        let own = item["mediaType"]?.string.flatMap(cleaned)
        if let href = Link.address(item) { return (href, own) }
        guard let value = item["url"] else { return nil }
        if let url = value.string { return Link.address(value).map { _ in (url, own) } }
        var first: (url: String, mediaType: String?)?
        for link in value.asArray {
            guard let address = Link.address(link) else { continue }
            let type = link["mediaType"]?.string.flatMap(cleaned)
            if let type, isMedia(type) { return (address, type) }
            if first == nil && type != "text/html" { first = (address, type ?? own) }
        }
        return first
    }

    private static func isMedia(_ type: String) -> Bool {
        type.hasPrefix("image/") || type.hasPrefix("video/") || type.hasPrefix("audio/")
    }

    /// Without parameters, in lower case.
    private static func cleaned(_ type: String) -> String? {
        let bare = type.prefix { $0 != ";" && $0 != " " }.lowercased()
        return 3...127 ~= bare.utf8.count && bare.utf8.contains(UInt8(ascii: "/")) ? bare : nil
    }

    private static func kind(mediaType: String?, types: [String]) -> Kind {
        if types.contains("Link") && mediaType.map(isMedia) != true { return .link }
        if let mediaType {
            if mediaType.hasPrefix("image/") { return .image }
            if mediaType.hasPrefix("video/") { return .video }
            if mediaType.hasPrefix("audio/") { return .audio }
        }
        if types.contains("Image") { return .image }
        if types.contains("Video") { return .video }
        return types.contains("Audio") ? .audio : .unknown
    }

    /// Two numbers in a list, which some wrap in `@list`.
    private static func focus(_ value: JSONValue) -> Focus? {
        let numbers = value.unwrapped.elements.prefix(3).compactMap { $0.double ?? $0["@value"]?.double }
        guard numbers.count == 2, numbers.allSatisfy({ -1.0...1.0 ~= $0 }) else { return nil }
        return Focus(x: numbers[0], y: numbers[1])
    }
}

/// A few colours that stand for a picture until it is there, <https://github.com/woltapp/blurhash>.
enum Blurhash {
    private static let digits = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~".utf8)

    /// Whether the length fits the numbers of components that the first digit names, each at most 5 as in Mastodon.
    static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        guard 6...64 ~= bytes.count, let first = bytes.first, let size = digits.firstIndex(of: first),
            bytes.allSatisfy({ digits.contains($0) })
        else { return false }
        let across = size % 9 + 1
        let down = size / 9 + 1
        return across <= 5 && down <= 5 && bytes.count == 4 + 2 * across * down
    }
}
