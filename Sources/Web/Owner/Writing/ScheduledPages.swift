import Basics
import HTTP
import JSON
import Markup
import MastodonAPI
import Storage

/// `/home/scheduled`: posts that wait for their time, and those that could not be published when it came.
extension WebPages {
    var scheduledRoutes: [Route] {
        [
            page("/home/scheduled") { visit in try await scheduledPage(visit) },
            form("/home/scheduled/:id/move", move),
            form("/home/scheduled/:id/cancel") { visit, _ in
                _ = try await visit.ask.send(.delete, scheduledPath(visit), [])
                return .to("/home/scheduled")
            },
        ]
    }

    private func scheduledPath(_ visit: Visit) -> String {
        "/api/v1/scheduled_statuses/\(PercentCoding.encodeSegment(visit.part("id")))"
    }

    private func move(_ visit: Visit, _ form: Form) async throws -> Outcome {
        let typed = WritingForm(form)
        do {
            let moment = try WritingForm.moment(
                date: typed.date, time: typed.time, zone: typed.zone, now: api.now().milliseconds)
            _ = try await visit.ask.send(
                .put, scheduledPath(visit), [("scheduled_at", ISO8601.milliseconds(moment))])
            return .to("/home/scheduled")
        } catch let refusal as Refusal where refusal.status == .unprocessable {
            var page = try await scheduledPage(visit)
            page.status = refusal.status
            page.notice = OwnerPage.Notice(text: refusal.words, isProblem: true)
            return .page(page)
        }
    }

    private func scheduledPage(_ visit: Visit) async throws -> OwnerPage {
        let answer = try await visit.ask.get(
            "/api/v1/scheduled_statuses", Cursor.query(visit, limit: Cursor.posts))
        let list = "[\(answer.elements.compactMap { WritingForm.id($0.text("id")) }.joined(separator: ","))]"
        let failures = try store.read { try ScheduledStatuses.failures(of: list, in: $0) }
        let posts = answer.elements.map { post -> HTML in
            let failure = ScheduledStatusID(post.text("id")).flatMap { failures[$0] }
            return WaitingPost(post: post, failure: failure, visit: visit).html
        }
        let main: HTML =
            posts.isEmpty
            ? "<p>Nothing waits for its time.</p>\n"
            : posts.joined() + Cursor.ways(answer, at: "/home/scheduled")
        let title = "Scheduled \(visit.words[.posts])"
        return OwnerPage(
            title: title, section: "/home/write", main: "<h1>\(title)</h1>\n" + main)
    }
}

/// One post that waits, <https://docs.joinmastodon.org/entities/ScheduledStatus/>.
private struct WaitingPost {
    let post: JSONValue
    let failure: String?
    let visit: Visit

    var html: HTML {
        let id = post.text("id")
        let moment = post.text("scheduled_at")
        let problem: HTML =
            failure.map { "<p class=\"problem\">It could not be published: \($0)</p>\n" } ?? HTML()
        let inputs = MomentInput.html(
            date: String(moment.prefix(10)), time: String(moment.dropFirst(11).prefix(5)),
            isUTC: true)
        let form = visit.form(
            "/home/scheduled/\(id)/move",
            inputs + "<button type=\"submit\" class=\"primary\">Change the time</button>\n",
            kind: "row")
        return """
            <article class="post" id="post-\(id)">
            <h2>\(Moment.time(moment))</h2>
            \(problem)\(text)\(form)<div class="row">
            <a class="button" href="/home/write?scheduled=\(id)">Edit it</a>
            \(visit.form("/home/scheduled/\(id)/cancel", "<button type=\"submit\">Cancel and delete it</button>\n"))</div>
            </article>

            """
    }

    private var text: HTML {
        let waiting = post["params"] ?? post
        let warning = waiting.text("spoiler_text")
        let files = post.list("media_attachments").count
        let visibility =
            WritingOptionsMarkup.visibilities.first { $0.value == waiting.text("visibility") }?.label ?? ""
        var notes: [HTML] = ["For: \(visibility)"]
        if files > 0 { notes.append(PostMarkup.count(files, "file", "files")) }
        if waiting.present("poll") != nil { notes.append("with a poll") }
        let hidden: HTML =
            warning.isEmpty ? HTML() : "<p class=\"note\" dir=\"auto\">Content warning: \(warning)</p>\n"
        return """
            \(hidden)\(TypedText.html(waiting.text("text")))<p class="note">\(notes.joined(separator: " \u{b7} "))</p>

            """
    }
}
