/// Which part of a list is asked for: Mastodon's `max_id`, `since_id`, `min_id` and `limit`.
///
/// Every answer is newest first. <https://docs.joinmastodon.org/api/guidelines/#pagination>
package struct Page: Sendable {
    /// Only what is strictly older.
    package var maxID: Int64?
    /// Only what is strictly newer, the newest of it.
    package var sinceID: Int64?
    /// Only what is strictly newer, the part next to it. Wins over `sinceID`.
    package var minID: Int64?
    package var limit: Int

    package init(maxID: Int64? = nil, sinceID: Int64? = nil, minID: Int64? = nil, limit: Int) {
        self.maxID = maxID
        self.sinceID = sinceID
        self.minID = minID
        self.limit = limit
    }

    var upper: Int64 { maxID ?? .max }
    var lower: Int64 { minID ?? sinceID ?? .min }
    var isUpward: Bool { minID != nil }
}
