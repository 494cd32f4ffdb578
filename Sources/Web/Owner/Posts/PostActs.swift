import HTTP

/// What the buttons below a post do: each is one call of the client API.
extension WebPages {
    private static let acts = [
        "favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "mute", "unmute", "pin",
        "unpin",
    ]

    var postActRoutes: [Route] {
        WebPages.acts.map { act in
            form("/home/posts/:id/\(act)") { visit, form in
                let id = visit.part("id")
                _ = try await visit.ask.post("/api/v1/statuses/\(PercentCoding.encodeSegment(id))/\(act)")
                return .to(PostPlace.address(of: id, on: form.value("back")))
            }
        } + [form("/home/polls/:id", vote)]
    }

    private func vote(_ visit: Visit, _ form: Form) async throws -> Outcome {
        let choices = form.values("choices[]").map { ("choices[]", $0) }
        guard !choices.isEmpty else { throw Refusal(.unprocessable, "Choose something to vote for.") }
        let id = visit.part("id")
        _ = try await visit.ask.post("/api/v1/polls/\(PercentCoding.encodeSegment(id))/votes", choices)
        return .to(PostPlace.address(of: id, on: form.value("back")))
    }
}

/// Where a post stands on a page.
enum PostPlace {
    /// The page that a form came from, at the post.
    static func address(of id: String, on page: String?) -> String {
        "\(Redirects.own(page).prefix { $0 != "#" })#post-\(PercentCoding.encodeSegment(id))"
    }
}
