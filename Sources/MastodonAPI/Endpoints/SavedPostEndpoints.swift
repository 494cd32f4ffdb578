import Federation
import HTTP
import Storage

/// What the owner liked or bookmarked, <https://docs.joinmastodon.org/methods/favourites/> and `/bookmarks/`.
extension ClientAPI {
    var savedPostEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/favourites", .owner("read:favourites")) { call in
                try saved(call) { page, snapshot in
                    page.minID == nil
                        ? try Favourites.page(of: identity.owner, page, in: snapshot)
                        : try Favourites.upwardPage(of: identity.owner, page, in: snapshot)
                }
            },
            Endpoint(.get, "/api/v1/bookmarks", .owner("read:bookmarks")) { call in
                try saved(call) { page, snapshot in
                    page.minID == nil
                        ? try Bookmarks.page(page, in: snapshot)
                        : try Bookmarks.upwardPage(page, in: snapshot)
                }
            },
        ]
    }

    private func saved(
        _ call: Call, _ rows: (Page, Snapshot) throws -> [(cursor: Int64, status: StatusID)]
    ) throws -> Response {
        let page = call.page(20, atMost: 40)
        return try store.read { snapshot in
            let rows = try rows(page, snapshot)
            return try chosen(rows.map(\.status), for: call, in: snapshot).linked(
                call, identity, first: rows.first?.cursor, last: rows.last?.cursor,
                isFull: rows.count == page.limit)
        }
    }
}
