import JSON

/// Whom a document is for, as its `to` and `cc` say it.
package struct Audience: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// For everybody, and shown to everybody.
        case open
        /// For everybody who looks, but not put before them.
        case unlisted
        /// For those who follow the author.
        case followers
        /// For those who are named.
        case direct
    }

    package let to: [String]
    package let cc: [String]
    package let kind: Kind

    /// Reads the addressing of somebody's document.
    ///
    /// - Parameter followers: the address of the author's followers, when known.
    package init(to: [String], cc: [String], followers: String?) {
        self.to = to
        self.cc = cc
        if to.contains(where: Vocabulary.isEverybody) {
            kind = .open
        } else if cc.contains(where: Vocabulary.isEverybody) {
            kind = .unlisted
        } else if let followers, to.contains(followers) || cc.contains(followers) {
            // Misskey and Friendica name the followers in `cc`.
            kind = .followers
        } else {
            kind = .direct
        }
    }

    /// Addresses a document of our own.
    ///
    /// - Parameters:
    ///   - followers: the address of the author's followers.
    ///   - mentions: the ids of those who are named; a repeated one is sent once.
    package init(_ kind: Kind, followers: String, mentions: [String]) {
        self.kind = kind
        var seen: Set<String> = [followers, Vocabulary.everybody]
        let named = mentions.filter { seen.insert($0).inserted }
        switch kind {
        case .open:
            to = [Vocabulary.everybody]
            cc = [followers] + named
        case .unlisted:
            to = [followers]
            cc = [Vocabulary.everybody] + named
        case .followers:
            to = [followers]
            cc = named
        case .direct:
            to = named
            cc = []
        }
    }

    /// Whether this id is addressed by itself.
    package func names(_ id: String) -> Bool {
        to.contains(id) || cc.contains(id)
    }

    /// Most addressees that are read from one list.
    static let most = 1_000

    /// The ids in one list, in the spelling for everybody that is ours.
    static func addressees(_ value: JSONValue?) -> [String] {
        guard let value else { return [] }
        return value.ids().prefix(most).map { Vocabulary.isEverybody($0) ? Vocabulary.everybody : $0 }
    }

    /// Who is addressed without the others being told; never everybody, which makes nothing public.
    static func hidden(in document: JSONValue) -> [String] {
        var found: [String] = []
        for key in ["bto", "bcc"] {
            guard let value = document[key] else { continue }
            found += addressees(value).filter { $0 != Vocabulary.everybody }
        }
        return found
    }
}
