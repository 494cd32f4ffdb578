import Basics
import HTTP
import JSON
import Markup
import MastodonAPI

/// What becomes of a form that is sent to be published.
extension WebPages {
    func publish(_ form: WritingForm, _ visit: Visit) async throws -> Outcome {
        do {
            return try await form.isEdit ? change(form, visit) : post(form, visit)
        } catch let refusal as Refusal {
            let page = try await writingPage(
                form, visit, status: refusal.status, problems: [refusal.words])
            return .page(page)
        }
    }

    /// One form makes one post, however often it is sent: the API knows the form by its draft.
    private func post(_ form: WritingForm, _ visit: Visit) async throws -> Outcome {
        let moment = try form.moment(now: api.now().milliseconds)
        try await describe(form, except: [], visit)
        let made = try await visit.ask.send(
            .post, "/api/v1/statuses", form.parameters(at: moment),
            fields: [("Idempotency-Key", "page \(form.draft)")]
        ).root
        let id = made.text("id")
        if let waiting = made["params"] {
            guard form.says(waiting.text("text"), waiting.text("spoiler_text")) else {
                let rival = WritingScene.Rival(
                    title: "It waits for its time already", text: waiting.text("text"),
                    warning: waiting.text("spoiler_text"), address: "/home/scheduled")
                return try await published(form, rival, visit)
            }
            return .to("/home/scheduled")
        }
        let source = try await visit.ask.get("/api/v1/statuses/\(id)/source").root
        guard form.says(source.text("text"), source.text("spoiler_text")) else {
            let rival = WritingScene.Rival(
                title: "Published already", text: source.text("text"), warning: source.text("spoiler_text"),
                address: "/home/posts/\(id)")
            return try await published(form, rival, visit)
        }
        return .to(form.reply.map { "/home/posts/\($0)#post-\(id)" } ?? "/home/posts/\(id)")
    }

    /// Another tab was first. The text comes back under a draft of its own.
    private func published(
        _ form: WritingForm, _ rival: WritingScene.Rival, _ visit: Visit
    ) async throws -> Outcome {
        var form = form
        form.draft = WritingForm.newDraft()
        var scene = try await WritingScene.load(form, visit)
        scene.problems.insert(
            "This draft was published already, with another text. Yours is below: publish it as another post, or leave it.",
            at: 0)
        scene.rival = rival
        return .page(writingPage(scene, visit, status: .conflict))
    }

    /// A new version replaces only the one that the page showed.
    private func change(_ form: WritingForm, _ visit: Visit) async throws -> Outcome {
        let id = form.edited ?? ""
        let before: Post
        do {
            before = Post(try await visit.ask.get("/api/v1/statuses/\(id)").root)
        } catch let refusal as Refusal where refusal.status == .notFound {
            // The page says that it is gone, and offers to publish the text anew.
            return .page(try await writingPage(form, visit, status: .notFound))
        }
        guard before.version == form.version else { return try await changed(form, since: before, visit) }
        try await describe(form, except: before.files.map(\.id), visit)
        _ = try await visit.ask.send(
            .put, "/api/v1/statuses/\(id)",
            form.parameters(changing: before, now: api.now().milliseconds))
        return .to("/home/posts/\(id)")
    }

    /// Somebody saved another version meanwhile: both texts are shown, and the next attempt is meant.
    private func changed(_ form: WritingForm, since now: Post, _ visit: Visit) async throws -> Outcome {
        let source = try await visit.ask.get("/api/v1/statuses/\(now.id)/source").root
        // The same form once more.
        if form.says(source.text("text"), source.text("spoiler_text")) { return .to("/home/posts/\(now.id)") }
        var form = form
        form.version = now.version
        var scene = try await WritingScene.load(form, visit)
        scene.problems.insert(
            "The post was changed elsewhere since this page was opened. Nothing is saved yet: compare both texts, and "
                + "save yours again if it should replace the other.", at: 0)
        scene.rival = WritingScene.Rival(
            title: "As it is now", text: source.text("text"), warning: source.text("spoiler_text"),
            address: "/home/posts/\(now.id)")
        return .page(writingPage(scene, visit, status: .conflict))
    }

    /// Writes down what the files show; of those that a post has already, an edit does it.
    private func describe(_ form: WritingForm, except attached: [String], _ visit: Visit) async throws {
        for file in form.files where !attached.contains(file.id) {
            do {
                let old = AttachedFile(try await visit.ask.get("/api/v1/media/\(file.id)").root)
                guard old.description != file.description || (old.focus ?? "") != file.focus else { continue }
                var pairs = [("description", file.description)]
                if !file.focus.isEmpty { pairs.append(("focus", file.focus)) }
                _ = try await visit.ask.send(.put, "/api/v1/media/\(file.id)", pairs)
            } catch let refusal as Refusal where refusal.status == .notFound {
                // It belongs to a post by now: the form came twice, or the API says what is wrong with it.
                continue
            }
        }
    }
}

extension WritingForm {
    /// Whether a post with this text is what the form says.
    fileprivate func says(_ text: String, _ warning: String) -> Bool {
        text == storedText && warning.filter { !$0.isWhitespace } == cleanedWarning
    }

    private var cleanedWarning: String { PlainText.cleaned(warning).filter { !$0.isWhitespace } }
}
