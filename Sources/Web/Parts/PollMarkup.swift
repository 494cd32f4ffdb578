import Markup

/// A poll with its numbers, to be read.
enum PollMarkup {
    static func html(_ poll: PollResult) -> HTML {
        // Numbers of other servers: no sum of them may overflow.
        let total = poll.options.reduce(0) { $0 &+ max(0, $1.votes ?? 0) }
        let options = poll.options.map { option -> HTML in
            let votes = max(0, option.votes ?? 0)
            let share = total > 0 ? Int((min(1, Double(votes) / Double(total)) * 100).rounded()) : 0
            return """
                <li><span dir="auto">\(option.title)</span> <span class="handle">\
                \(PostMarkup.count(votes, "vote", "votes")), \(share) %</span>
                <meter min="0" max="100" value="\(share)">\(share) %</meter></li>

                """
        }
        return "<ul class=\"poll\">\n\(options.joined())</ul>\n<p class=\"note\">\(summary(of: poll))</p>\n"
    }

    static func summary(of poll: PollResult) -> HTML {
        var parts: [HTML] = []
        if let voters = poll.voters { parts.append(PostMarkup.count(voters, "person", "people") + " voted") }
        if poll.isClosed {
            parts.append("closed")
        } else if let end = poll.expiresAt {
            parts.append("open until \(Moment.time(end))")
        }
        if poll.isMultiple { parts.append("several choices") }
        return parts.joined(separator: " \u{b7} ")
    }
}
