import JSON

/// A NotificationGroup as pages show it, <https://docs.joinmastodon.org/entities/NotificationGroup/>.
struct NotificationLine: Sendable {
    let key: String
    let kind: String
    /// How many notifications are in it.
    let count: Int
    /// The id of the newest in it.
    let newest: Int
    /// ISO 8601.
    let at: String
    /// Some of those it is from, the latest first.
    let people: [Person]
    let post: Post?
    /// What somebody reported, in their words.
    let comment: String

    /// The lines of an answer, whose people and posts stand beside them.
    static func all(in answer: JSONValue) -> [NotificationLine] {
        let people = Dictionary(answer.list("accounts").map { ($0.text("id"), $0) }) { first, _ in first }
        let posts = Dictionary(answer.list("statuses").map { ($0.text("id"), $0) }) { first, _ in first }
        return answer.list("notification_groups").map { group in
            NotificationLine(
                key: group.text("group_key"), kind: group.text("type"),
                count: group.number("notifications_count"),
                newest: group.number("most_recent_notification_id"),
                at: group.text("latest_page_notification_at"),
                people: group.list("sample_account_ids").compactMap { $0.string.flatMap { people[$0] } }
                    .map(Person.init),
                post: posts[group.text("status_id")].map(Post.init),
                comment: group.present("report")?.text("comment") ?? "")
        }
    }
}
