/// The words of the pages that an owner may choose: a post can be a toot, a howl or a letter.
struct Words: Sendable, Equatable {
    /// Each as it stands within a sentence.
    enum Word: String, CaseIterable, Sendable {
        case post, posts, reply, replies, boost, boosts, boosted, favourite, favourites, favourited, bookmark,
            bookmarks, bookmarked, quote, quotes, publish, write, home, notifications, conversations,
            followers,
            following

        /// What it is when nobody chose another one.
        var standard: String { rawValue }
    }

    /// Characters of one word.
    static let longest = 24

    private var own: [Word: String] = [:]

    init() {}

    /// Reads lines such as `boost: howl`; what is no such line, or names no word, is left out.
    init(_ text: String) {
        for line in text.split(separator: "\n").prefix(Words.mostLines) {
            guard let colon = line.firstIndex(of: ":"), let word = Word(rawValue: String(line[..<colon]))
            else { continue }
            self[word] = String(line[line.index(after: colon)...])
        }
    }

    /// The lines that `init` reads: the words that are not the usual ones.
    var text: String {
        Word.allCases.compactMap { word in own[word].map { "\(word.rawValue): \($0)\n" } }.joined()
    }

    /// The word within a sentence. Setting nothing, or what it is anyway, takes the usual one.
    subscript(word: Word) -> String {
        get { own[word] ?? word.standard }
        set {
            let plain = Words.plain(newValue, longest: Words.longest)
            own[word] = plain.isEmpty || plain == word.standard ? nil : plain
        }
    }

    /// The word alone, as on a button: its first letter is a capital.
    func title(_ word: Word) -> String {
        let text = self[word]
        guard let first = text.first else { return text }
        return first.uppercased() + text.dropFirst()
    }

    /// `a post`, `an ode`.
    func one(_ word: Word) -> String {
        let text = self[word]
        let isVowel = text.first.map { "aeiou".contains($0.lowercased()) } ?? false
        return (isVowel ? "an " : "a ") + text
    }

    /// `1 boost`, `2 boosts`.
    func count(_ number: Int, _ one: Word, _ many: Word) -> String {
        "\(number) \(self[number == 1 ? one : many])"
    }

    /// The text on one line without control characters, and no longer than this.
    static func plain(_ text: String, longest: Int) -> String {
        // The scalars are bounded too: one character may have any number of marks.
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(longest * 4) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        let words = String(scalars).split(separator: " ").joined(separator: " ")
        return String(words.prefix(longest))
    }

    private static let mostLines = 100
}
