import Basics
import HTTP
import Markup
import Storage

/// A poll with its numbers, to be read; voting is done at home.
enum PollMarkup {
    /// Nothing when there is no poll.
    static func html(_ poll: Poll?) -> HTML {
        guard let poll else { return HTML() }
        // Numbers of other servers: no sum of them may overflow.
        let total = poll.options.reduce(0) { $0 &+ max(0, $1.votes) }
        let options = poll.options.map { option -> HTML in
            let votes = max(0, option.votes)
            let share = total > 0 ? Int((min(1, Double(votes) / Double(total)) * 100).rounded()) : 0
            return """
                <li><span dir="auto">\(option.name)</span> <span class="handle">\
                \(PostMarkup.count(votes, "vote", "votes")), \(share) %</span>
                <meter min="0" max="100" value="\(share)">\(share) %</meter></li>

                """
        }
        return "<ul class=\"poll\">\n\(options.joined())</ul>\n<p class=\"note\">\(summary(of: poll))</p>\n"
    }

    private static func summary(of poll: Poll) -> HTML {
        var parts: [HTML] = []
        if let voters = poll.voters { parts.append(PostMarkup.count(voters, "person", "people") + " voted") }
        if poll.isClosed {
            parts.append("closed")
        } else if let end = poll.endsAt {
            let moment = end.milliseconds
            parts.append(
                "open until <time datetime=\"\(ISO8601.seconds(moment))\">\(PostMarkup.minutes(moment))</time>"
            )
        }
        if poll.isMultiple { parts.append("several choices") }
        return parts.joined(separator: " \u{b7} ")
    }
}
