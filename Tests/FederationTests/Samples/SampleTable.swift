/// The rows, a file for each kind of software.
enum SampleTable {
    static let all =
        rows("mastodon", mastodonActivities + mastodonPosts + mastodonActors)
        + rows("pleroma", pleroma) + rows("soapbox", soapbox) + rows("guppe", guppe)
        + rows("misskey", misskey) + rows("lemmy", lemmyGroups + lemmyPosts + lemmyRest)
        + rows("peertube", peertube) + rows("wordpress", wordpress) + rows("jsonld-contexts", contexts)

    private static func rows(_ folder: String, _ rows: [Sample]) -> [Sample] {
        rows.map { $0.below(folder) }
    }
}
