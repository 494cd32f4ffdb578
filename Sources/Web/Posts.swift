import Federation
import Storage

/// Posts with everything that is shown of them, read in a fixed number of statements.
struct Posts {
    struct Post {
        /// The boost, or the post itself.
        let entry: Status
        /// The post whose text is shown.
        let status: Status
        let author: Actor
        let attachments: [Attachment]
        let replies: Int
        let boosts: Int
        let favourites: Int
        let poll: Poll?
        /// What it quotes with the consent of its author.
        let quoted: Quoted?

        var isBoost: Bool { entry.reblogOf != nil }
    }

    /// A post that another one shows.
    struct Quoted {
        let status: Status
        let author: Actor
    }

    /// In the order asked for; what may not be shown to everybody is left out.
    let all: [Post]

    init(_ ids: [StatusID], in snapshot: Snapshot) throws {
        let entries = try Statuses.find(ids, in: snapshot)
        let originals = try Statuses.find(entries.values.compactMap(\.reblogOf), in: snapshot)
        let shown = Dictionary(
            (Array(entries.values) + Array(originals.values)).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let list = Posts.list(shown.keys.map(\.value))
        let quotes = try StatusQuotes.of(list, in: snapshot).quotes.compactMapValues {
            $0.state == .accepted ? $0.quoted : nil
        }
        let quoted = try quotes.isEmpty ? [:] : Statuses.find(quotes.values, in: snapshot)
        let people = Set(shown.values.map(\.actor)).union(quoted.values.map(\.actor))
        let actors = try Actors.find(people, in: snapshot)
        let blocked = try Blocks.among(Posts.list(actors.keys.map(\.value)), in: snapshot)
        let polls = try Polls.of(list, in: snapshot)
        let attachments = try Attachments.of(list, in: snapshot)
        let replies = try Statuses.replyCounts(of: list, in: snapshot)
        let boosts = try Boosts.counts(of: list, in: snapshot)
        let favourites = try Favourites.counts(of: list, in: snapshot)
        all = ids.compactMap { id in
            guard let entry = entries[id], let status = shown[entry.reblogOf ?? id],
                let author = actors[status.actor], entry.visibility.isOpen, status.visibility.isOpen,
                !blocked.contains(author.id)
            else { return nil }
            return Post(
                entry: entry, status: status, author: author, attachments: attachments[status.id] ?? [],
                replies: replies[status.id] ?? 0, boosts: boosts[status.id] ?? 0,
                favourites: favourites[status.id] ?? 0, poll: polls[status.id],
                quoted: quotes[status.id].flatMap { quoted[$0] }.flatMap { quoted in
                    guard quoted.visibility.isOpen, quoted.reblogOf == nil, let author = actors[quoted.actor],
                        !blocked.contains(author.id)
                    else { return nil }
                    return Quoted(status: quoted, author: author)
                })
        }
    }

    private static func list(_ ids: [Int64]) -> String {
        "[" + ids.map(String.init).joined(separator: ",") + "]"
    }
}
