/// The lists of posts on the profile, at the addresses that they have on Mastodon.
enum ProfileTab: String, CaseIterable {
    case posts = ""
    case replies = "/with_replies"
    case media = "/media"

    func name(_ words: Words) -> String {
        switch self {
        case .posts: words.title(.posts)
        case .replies: "\(words.title(.posts)) and \(words[.replies])"
        case .media: "Media"
        }
    }

    /// Which posts the API is asked for.
    var query: [(String, String)] {
        switch self {
        case .posts: [("exclude_replies", "true")]
        case .replies: []
        case .media: [("only_media", "true"), ("exclude_reblogs", "true")]
        }
    }
}
