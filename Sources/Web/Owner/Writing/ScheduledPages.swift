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
            form("/home/scheduled/:id/edit", takeBack),
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

    /// The post goes back into the form, where all of it can be changed; until it is sent again it waits for nothing.
    private func takeBack(_ visit: Visit, _ sent: Form) async throws -> Outcome {
        let post = try await visit.ask.get(scheduledPath(visit)).root
        _ = try await visit.ask.send(.delete, scheduledPath(visit), [])
        var scene = try await WritingScene.load(WritingForm(scheduled: post), visit)
        scene.problems.insert("The post does not wait any more: publish it, or give it a time again.", at: 0)
        return .page(writingPage(scene, visit))
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
        return OwnerPage(
            title: "Scheduled posts", section: "/home/write", main: "<h1>Scheduled posts</h1>\n" + main)
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
            \(button(id, "edit", "Take it back to edit it"))\(button(id, "cancel", "Cancel and delete it"))</div>
            </article>

            """
    }

    private var text: HTML {
        let waiting = post["params"] ?? post
        let warning = waiting.text("spoiler_text")
        let files = post.list("media_attachments").count
        let visibility =
            WritingOptionsMarkup.visibilities.first { $0.0 == waiting.text("visibility") }?.1 ?? HTML()
        var notes: [HTML] = ["For: \(visibility)"]
        if files > 0 { notes.append(PostMarkup.count(files, "file", "files")) }
        if waiting.present("poll") != nil { notes.append("with a poll") }
        let hidden: HTML =
            warning.isEmpty ? HTML() : "<p class=\"note\" dir=\"auto\">Content warning: \(warning)</p>\n"
        return """
            \(hidden)\(TypedText.html(waiting.text("text")))<p class="note">\(notes.joined(separator: " \u{b7} "))</p>

            """
    }

    private func button(_ id: String, _ act: HTML, _ label: HTML) -> HTML {
        visit.form("/home/scheduled/\(id)/\(act.text)", "<button type=\"submit\">\(label)</button>\n")
    }
}

extension WritingForm {
    /// What waits, as it was typed.
    fileprivate init(scheduled post: JSONValue) {
        self.init()
        guard let waiting = post["params"] else { return }
        text = waiting.text("text")
        warning = waiting.text("spoiler_text")
        isSensitive = waiting.flag("sensitive")
        visibility = waiting.text("visibility")
        language = waiting.text("language")
        format = waiting.text("content_type")
        policy = waiting.text("quote_approval_policy")
        reply = waiting.present("in_reply_to_id")?.int.map { String($0) }
        quote = waiting.present("quoted_status_id")?.string
        files = post.list("media_attachments").map(AttachedFile.init).map {
            File(id: $0.id, description: $0.description, focus: $0.focus ?? "")
        }
        guard let asked = waiting.present("poll") else { return }
        poll.options = asked.list("options").compactMap(\.string)
        poll.lasting = String(asked.number("expires_in"))
        poll.isMultiple = asked.flag("multiple")
        poll.hidesTotals = asked.flag("hide_totals")
    }
}
