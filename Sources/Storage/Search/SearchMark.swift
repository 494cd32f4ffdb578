/// A property of a post that is searched for like a word: the index has a word for it that no text can have.
package enum SearchMark: Hashable, Sendable {
    case author(ActorID)
    /// A primary language subtag, lower case.
    case language(String)
    case reply, sensitive, media, image, video, audio, poll, link
    /// Not for everybody: anything but public.
    case hidden

    /// The word, which begins with the private character that `Bigrams` takes out of texts.
    package var word: String {
        switch self {
        case .author(let id): "\u{E000}a" + String(id.value, radix: 36)
        case .language(let tag): "\u{E000}l" + tag
        case .reply: "\u{E000}r"
        case .sensitive: "\u{E000}s"
        case .media: "\u{E000}m"
        case .image: "\u{E000}i"
        case .video: "\u{E000}v"
        case .audio: "\u{E000}u"
        case .poll: "\u{E000}p"
        case .link: "\u{E000}k"
        case .hidden: "\u{E000}h"
        }
    }

    /// The language of a tag like `pt-BR`; nil for what is no language.
    package static func language(of tag: String) -> SearchMark? {
        let primary = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
        guard 2...8 ~= primary.utf8.count, primary.utf8.allSatisfy({ 0x61...0x7A ~= $0 }) else { return nil }
        return .language(String(primary))
    }
}
