import Federation
import HTTP
import Markup

/// The text of a post as the owner reads it: people and hashtags open here, and a long one may be cut.
///
/// What comes in was sanitised, so every tag is closed in order; what goes out is so too.
struct OwnerText {
    /// Bytes of markup after which a list cuts a post: most posts are shorter.
    static let cut = 800
    /// Bytes that the way to the rest of a cut post takes.
    static let more = 70

    let html: HTML
    let isCut: Bool

    /// A little too long is better shown than cut.
    static func isLong(_ bytes: Int, cut: Int) -> Bool { bytes > cut &+ cut / 4 }

    /// - Parameter limit: bytes of markup after which it is cut; nil for the whole.
    init(_ post: Post, limit: Int?) {
        var writing = Writing(post, limit: limit ?? .max)
        writing.write(post.content.text.utf8[...])
        html = HTML.trusted(String(decoding: writing.out, as: UTF8.self))
        isCut = writing.isCut
    }
}

private struct Writing {
    var out: [UInt8] = []
    var isCut = false
    private let post: Post
    private let limit: Int
    /// The names of the elements that are open.
    private var open: [Substring.UTF8View] = []

    init(_ post: Post, limit: Int) {
        self.post = post
        self.limit = limit
    }

    mutating func write(_ content: Substring.UTF8View) {
        let isLong = OwnerText.isLong(content.count, cut: limit)
        var rest = content
        while !rest.isEmpty {
            let text = rest.prefix { $0 != UInt8(ascii: "<") }
            if isLong, out.count + text.count > limit {
                cut(text)
                return
            }
            append(text: text)
            rest = rest.dropFirst(text.count)
            let tag = rest.prefix { $0 != UInt8(ascii: ">") }
            rest = rest.dropFirst(tag.count + 1)
            if !tag.isEmpty { append(tag: tag.dropFirst()) }
        }
    }

    /// The beginning of the text, up to a space where one is near, and the end of all that is open.
    private mutating func cut(_ text: Substring.UTF8View) {
        var piece = text.prefix(max(0, limit - out.count))
        // Neither a character nor a reference to one is cut in two.
        while let next = text[piece.endIndex...].first, next & 0xC0 == 0x80, !piece.isEmpty {
            piece = piece.dropLast()
        }
        if let mark = piece.lastIndex(of: UInt8(ascii: "&")), !piece[mark...].contains(UInt8(ascii: ";")) {
            piece = piece[..<mark]
        }
        // Scripts without spaces may have one far before.
        if let space = piece.lastIndex(of: UInt8(ascii: " ")), piece[space...].count <= piece.count / 3 {
            piece = piece[..<space]
        }
        append(text: piece)
        out += "\u{2026}".utf8
        for name in open.reversed() {
            out += "</".utf8
            out += name
            out.append(UInt8(ascii: ">"))
        }
        isCut = true
    }

    private mutating func append(text: Substring.UTF8View) {
        guard !post.emojis.isEmpty, text.contains(UInt8(ascii: ":")) else {
            out += text
            return
        }
        let text = HTML.trusted(String(decoding: text, as: UTF8.self))
        out += EmojiMarkup.html(text, post.emojis, shows: true).bytes
    }

    /// - Parameter tag: without its brackets.
    private mutating func append(tag: Substring.UTF8View) {
        if tag.first == UInt8(ascii: "/") {
            _ = open.popLast()
        } else {
            let name = tag.prefix { $0 != UInt8(ascii: " ") }
            if !name.elementsEqual("br".utf8) { open.append(name) }
            if name.elementsEqual("a".utf8), let link = link(tag) {
                out += link.bytes
                return
            }
        }
        out.append(UInt8(ascii: "<"))
        out += tag
        out.append(UInt8(ascii: ">"))
    }

    /// The tag of a link with nothing but where it leads; nil for one that leads nowhere.
    private func link(_ tag: Substring.UTF8View) -> HTML? {
        let text = String(decoding: tag, as: UTF8.self)
        guard let start = text.firstRange(of: " href=\"")?.upperBound else { return nil }
        let address = String(text[start...].prefix { $0 != "\"" })
        if let mention = post.mentions.first(where: { HTML(escaping: $0.url).text == address }) {
            return "<a href=\"/home/people/\(mention.id)\">"
        }
        if let tag = hashtag(text, address) {
            return "<a href=\"/home/tags/\(PercentCoding.encodeSegment(tag))\">"
        }
        return "<a href=\"\(HTML.trusted(address))\">"
    }

    /// The post's hashtag that a link is for: it says so, and ends with its name.
    private func hashtag(_ tag: String, _ address: String) -> String? {
        guard tag.contains("hashtag") || tag.contains(" tag") else { return nil }
        let end = address.split(separator: "/").last.map(String.init) ?? ""
        let name = (PercentCoding.decode(end) ?? end).lowercased()
        return post.tags.first { $0.lowercased() == name }
    }
}
