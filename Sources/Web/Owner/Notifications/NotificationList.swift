import HTTP
import Markup

/// The lines of the notifications: who did what, and the post that it was done to.
struct NotificationList {
    let visit: Visit
    /// The newest that the owner has seen.
    let read: Int
    /// How the owner stands to those who ask to follow.
    let ties: [String: Tie]
    /// Posts that stand on the page already: one is shown whole only once.
    private var shown: Set<String> = []

    init(visit: Visit, read: Int, ties: [String: Tie]) {
        self.visit = visit
        self.read = read
        self.ties = ties
    }

    mutating func html(_ line: NotificationLine) -> HTML {
        let markup = visit.posts(.notifications)
        if let post = line.post, markup.hides(post) { return HTML() }
        let isNew = line.newest > read
        return """
            <section class="group box\(isNew ? " new" as HTML : HTML())">
            <h2>\(faces(line, markup))<span>\(isNew ? "New: " as HTML : HTML())\(names(line, markup)) \(verb(line.kind))</span> \
            \(Moment.time(line.at))</h2>
            \(request(line))\(post(line, markup))\(line.comment.isEmpty ? HTML() : "<p dir=\"auto\">\(line.comment)</p>\n" as HTML)\
            <p class="row">\(visit.button("/home/notifications/\(PercentCoding.encodeSegment(line.key))/dismiss", "Dismiss"))</p>
            </section>

            """
    }

    private func faces(_ line: NotificationLine, _ markup: OwnerPosts) -> HTML {
        line.people.prefix(5).map { markup.portrait(of: $0) }.joined()
    }

    private func names(_ line: NotificationLine, _ markup: OwnerPosts) -> HTML {
        guard let first = line.people.first else { return "Somebody" }
        if line.count <= 1 { return markup.link(to: first) }
        if line.count == 2, line.people.count == 2 {
            return "\(markup.link(to: first)) and \(markup.link(to: line.people[1]))"
        }
        return "\(markup.link(to: first)) and \(PostMarkup.count(line.count - 1, "other", "others"))"
    }

    private func verb(_ kind: String) -> HTML {
        switch kind {
        case "mention": "mentioned you"
        case "status": "posted"
        case "reblog": "\(visit.words[.boosted]) your \(visit.words[.post])"
        case "follow": "follows you"
        case "follow_request": "asks to follow you"
        case "favourite": "\(visit.words[.favourited]) your \(visit.words[.post])"
        case "update": "edited their \(visit.words[.post])"
        case "poll": "has a poll that is over"
        case "quote": "quoted your \(visit.words[.post])"
        case "quoted_update": "edited the \(visit.words[.post]) that you quoted"
        case "admin.report": "sent a report"
        default: "did something that these pages do not know"
        }
    }

    /// Only while it is open: who was answered asks no more.
    private func request(_ line: NotificationLine) -> HTML {
        guard line.kind == "follow_request", let person = line.people.first,
            ties[person.id]?.asksToFollow ?? false
        else { return HTML() }
        let base = "/home/people/\(person.id)"
        return """
            <p class="row">\(visit.button("\(base)/accept", "Accept"))
            \(visit.button("\(base)/reject", "Reject"))</p>

            """
    }

    /// What others wrote is shown whole, the owner's own post only as a reminder.
    private mutating func post(_ line: NotificationLine, _ markup: OwnerPosts) -> HTML {
        guard let post = line.post else { return HTML() }
        let isReminder = ["reblog", "favourite"].contains(line.kind)
        if !isReminder, shown.insert(post.id).inserted { return markup.html(post) }
        let text =
            post.warning.isEmpty
            ? PlainText.text(post.content.text, limit: 200) : "Content warning: " + post.warning
        return """
            <blockquote class="quote"><a href="/home/posts/\(post.id)" dir="auto">\(text.isEmpty ? "\(visit.words.title(.post)) without text" : text)</a></blockquote>

            """
    }
}
