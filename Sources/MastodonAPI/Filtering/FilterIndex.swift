import Basics
import HTTP
import JSON
import Markup
import Storage

/// All filters, made ready to be compared with posts.
struct FilterIndex: Sendable {
    private let filters: [Filter]
    /// The filters as they stand in a result.
    private let entities: [[UInt8]]
    private let words: KeywordIndex
    /// Of each keyword in `words`: the place of its filter, and its text.
    private let keywords: [(filter: Int, text: String)]
    /// The places of the filters that name a post.
    private let posts: [StatusID: [Int]]

    init(_ filters: [Filter]) {
        self.filters = filters
        entities = filters.map { filter in
            var writer = JSONWriter()
            FilterEntity.writeHead(filter, to: &writer)
            return writer.bytes
        }
        let all = filters.enumerated().flatMap { place, filter in filter.keywords.map { (place, $0) } }
        words = KeywordIndex(all.map { ($0.1.text, $0.1.isWholeWord) })
        keywords = all.map { ($0.0, $0.1.text) }
        var posts: [StatusID: [Int]] = [:]
        for (place, filter) in filters.enumerated() {
            for post in filter.statuses { posts[post.status, default: []].append(place) }
        }
        self.posts = posts
    }

    var isEmpty: Bool { keywords.isEmpty && posts.isEmpty }

    /// What matches, as a JSON array of <https://docs.joinmastodon.org/entities/FilterResult/>; nil for nothing.
    ///
    /// Filters of every context are named, as Mastodon does: the app knows where it shows the post.
    ///
    /// - Parameters:
    ///   - ids: those of the post, and of the boost through which it is shown.
    ///   - text: everything that can be read in it.
    func results(for ids: [StatusID], text: () -> String, at now: Timestamp) -> [UInt8]? {
        let found = words.isEmpty ? [] : words.matches(in: KeywordIndex.folded(text()))
        let named = ids.flatMap { id in (posts[id] ?? []).map { (filter: $0, post: id) } }
        let places = Set(found.map { keywords[$0].filter } + named.map(\.filter)).sorted().filter {
            filters[$0].holds(at: now)
        }
        guard !places.isEmpty else { return nil }
        var writer = JSONWriter(capacity: places.count * 256)
        writer.array { writer in
            for place in places {
                let texts = found.filter { keywords[$0].filter == place }.map { keywords[$0].text }
                let posts = named.filter { $0.filter == place }.map(\.post.description)
                writer.object { writer in
                    writer.raw("filter", entities[place])
                    if texts.isEmpty {
                        writer.null("keyword_matches")
                    } else {
                        writer.field("keyword_matches", texts)
                    }
                    if posts.isEmpty {
                        writer.null("status_matches")
                    } else {
                        writer.field("status_matches", posts)
                    }
                }
            }
        }
        return writer.bytes
    }
}
