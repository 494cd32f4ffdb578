import Basics
import HTTP
import Storage

/// What somebody typed into a search field: words, `"phrases"`, `-without`, and `operator:value` as Mastodon has them.
/// <https://docs.joinmastodon.org/user/discoverability/>
///
/// There are no mistakes: what is no operator is a word.
struct SearchQuery: Equatable {
    /// Words and operators that are read; what comes after is left out.
    static let mostParts = 32
    /// Bytes of one.
    static let longestPart = 256

    struct Words: Equatable {
        var text: String
        var isUnwanted = false
    }

    /// Who wrote it: `me` or a handle.
    struct Author: Equatable {
        var handle: String
        var isUnwanted = false
    }

    struct Property: Equatable {
        var mark: SearchMark
        var isUnwanted = false
    }

    /// Words that must stand there one after the other, and mostly are one word.
    var words: [Words] = []
    var authors: [Author] = []
    var properties: [Property] = []
    var from: Timestamp?
    var until: Timestamp?
    var isLibrary = false

    init(_ text: String) {
        var reader = QueryReader(text)
        var count = 0
        while count < SearchQuery.mostParts, let part = reader.next() {
            count += 1
            take(part)
        }
    }

    /// Whether only words are asked for, so that it may be about people and hashtags too.
    var isPlain: Bool {
        authors.isEmpty && properties.isEmpty && from == nil && until == nil && !isLibrary
            && words.allSatisfy { !$0.isUnwanted }
    }

    private mutating func take(_ part: QueryReader.Part) {
        if let name = part.name, take(name, part.value, isUnwanted: part.isUnwanted) { return }
        words.append(Words(text: part.whole, isUnwanted: part.isUnwanted))
    }

    /// Reads an operator; false when it is none.
    private mutating func take(_ name: String, _ value: String, isUnwanted: Bool) -> Bool {
        switch name {
        case "from":
            authors.append(Author(handle: value, isUnwanted: isUnwanted))
        case "has", "is", "language":
            guard let mark = SearchQuery.mark(name, value) else { return false }
            properties.append(Property(mark: mark, isUnwanted: isUnwanted))
        case "before", "after", "during":
            guard !isUnwanted, let day = SearchQuery.day(value) else { return false }
            // The narrowest of several holds.
            if name != "before" {
                let begin = name == "after" ? day + .days(1) : day
                from = max(from ?? begin, begin)
            }
            if name != "after" {
                let end = name == "during" ? day + .days(1) : day
                until = min(until ?? end, end)
            }
        case "in":
            switch value {
            case "all": break
            case "public": properties.append(Property(mark: .hidden, isUnwanted: !isUnwanted))
            case "library" where !isUnwanted: isLibrary = true
            default: return false
            }
        default:
            return false
        }
        return true
    }

    private static func mark(_ name: String, _ value: String) -> SearchMark? {
        if name == "language" { return SearchMark.language(of: value) }
        return switch "\(name):\(value)" {
        case "has:media": .media
        case "has:image": .image
        case "has:video": .video
        case "has:audio": .audio
        case "has:poll": .poll
        case "has:link": .link
        case "is:reply": .reply
        case "is:sensitive": .sensitive
        default: nil
        }
    }

    /// The first moment of `2025-01-31`, in UTC.
    private static func day(_ text: String) -> Timestamp? {
        guard text.utf8.count == 10 else { return nil }
        return ISO8601.parse(text + "T00:00:00Z").map { Timestamp(milliseconds: $0) }
    }
}
