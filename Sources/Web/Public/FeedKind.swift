/// The two forms in which feed readers take posts.
enum FeedKind: CaseIterable {
    case atom, rss

    /// At the end of the address of the page that it belongs to.
    var ending: String { self == .atom ? ".atom" : ".rss" }
    var type: String { self == .atom ? "application/atom+xml" : "application/rss+xml" }
    var name: String { self == .atom ? "Atom feed" : "RSS feed" }
}
