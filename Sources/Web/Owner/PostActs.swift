import HTTP

/// What the buttons below a post do: each is one call of the client API.
extension WebPages {
    private static let acts = [
        "favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "mute", "unmute", "pin",
        "unpin",
    ]

    var postActRoutes: [Route] {
        WebPages.acts.map { act in
            form("/home/posts/:id/\(act)") { visit, _ in
                _ = try await visit.ask.post(
                    "/api/v1/statuses/\(PercentCoding.encodeSegment(visit.part("id")))/\(act)")
                return .back
            }
        }
    }
}
