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
        try await describe(form, visit)
        let answer = try await visit.ask.send(
            .post, "/api/v1/statuses", form.parameters(at: moment),
            fields: [("Idempotency-Key", ClientAPI.key(ofDraft: form.draft))])
        let made = answer.root
        if answer.isReplayed, let rival = try await rival(of: form, at: moment, made, visit) {
            return try await published(form, rival, visit)
        }
        if made["params"] != nil { return .to("/home/scheduled?" + form.proof) }
        let id = made.text("id")
        return .to(
            form.reply.map { "/home/posts/\($0)?\(form.proof)#post-\(id)" }
                ?? "/home/posts/\(id)?\(form.proof)")
    }

    /// What the draft became when it was sent before; nil when that is what the form says.
    private func rival(
        of form: WritingForm, at moment: Int64?, _ made: JSONValue, _ visit: Visit
    ) async throws -> WritingScene.Rival? {
        if made["params"] != nil {
            let there = WritingForm(scheduled: made)
            let files = made.list("media_attachments").map(AttachedFile.init)
            let isSame = try await matched(form, files, visit).saysNothingElse(than: there)
            if isSame, ISO8601.parse(made.text("scheduled_at")) == moment { return nil }
            return WritingScene.Rival(
                title: "It waits for its time already", text: there.text, warning: there.warning,
                address: "/home/scheduled")
        }
        let post = Post(made)
        let source = try await visit.ask.get("/api/v1/statuses/\(post.id)/source").root
        let there = WritingForm(published: post, source: source)
        if try await matched(form, post.files, visit).saysNothingElse(than: there) { return nil }
        return WritingScene.Rival(
            title: "Published already", text: there.text, warning: there.warning,
            address: "/home/posts/\(post.id)")
    }

    /// Another tab was first. The text comes back under a draft of its own.
    private func published(
        _ form: WritingForm, _ rival: WritingScene.Rival, _ visit: Visit
    ) async throws -> Outcome {
        var form = form
        form.draft = WritingForm.newDraft()
        var scene = try await WritingScene.load(form, visit)
        scene.problems.insert(
            "This draft was published already, and says something else there. Yours is below: publish it as another "
                + "post, or leave it.", at: 0)
        scene.rival = rival
        return .page(writingPage(scene, visit, status: .conflict))
    }

    /// A new version replaces only the one that the page showed.
    private func change(_ form: WritingForm, _ visit: Visit) async throws -> Outcome {
        let id = form.edited ?? ""
        try await describe(form, visit)
        do {
            _ = try await visit.ask.send(
                .put, "/api/v1/statuses/\(id)", form.changes,
                fields: [
                    ("If-Match", "\"\(form.version)\""),
                    ("Idempotency-Key", ClientAPI.key(ofDraft: form.draft)),
                ])
        } catch let refusal as Refusal where refusal.status == .preconditionFailed {
            return try await changed(form, visit)
        } catch let refusal as Refusal where refusal.status == .notFound {
            // The page says that it is gone, and offers to publish the text anew.
            return .page(try await writingPage(form, visit, status: .notFound))
        }
        return .to("/home/posts/\(id)?\(form.proof)")
    }

    /// Somebody saved another version meanwhile: both texts are shown, and the next attempt is meant.
    private func changed(_ form: WritingForm, _ visit: Visit) async throws -> Outcome {
        let id = form.edited ?? ""
        let now = Post(try await visit.ask.get("/api/v1/statuses/\(id)").root)
        let source = try await visit.ask.get("/api/v1/statuses/\(id)/source").root
        let there = WritingForm(published: now, source: source)
        // The same form once more.
        if try await matched(form, now.files, visit).saysNothingElse(than: there) {
            return .to("/home/posts/\(id)?\(form.proof)")
        }
        var form = form
        form.version = now.version
        var scene = try await WritingScene.load(form, visit)
        scene.problems.insert(
            "The post was changed elsewhere since this page was opened. Nothing is saved yet: compare both texts, and "
                + "save yours again if it should replace the other.", at: 0)
        scene.rival = WritingScene.Rival(
            title: "As it is now", text: there.text, warning: there.warning, address: "/home/posts/\(id)")
        return .page(writingPage(scene, visit, status: .conflict))
    }

    /// The form with the ids that its files have there: who sends a form twice uploads its files twice.
    private func matched(
        _ form: WritingForm, _ there: [AttachedFile], _ visit: Visit
    ) async throws -> WritingForm {
        var form = form
        for (index, pair) in zip(form.files, there).enumerated() where pair.0.id != pair.1.id {
            guard let file = try await unattached(pair.0.id, visit), file.url == pair.1.url else { continue }
            form.files[index] = WritingForm.File(
                id: pair.1.id, description: pair.0.description, focus: pair.0.focus)
        }
        return form
    }

    /// Writes down what the files show; of those that a post has already, an edit does it.
    private func describe(_ form: WritingForm, _ visit: Visit) async throws {
        for file in form.files {
            // What belongs to a post is there because the form came twice, or the API says what is wrong with it.
            guard let old = try await unattached(file.id, visit) else { continue }
            let hasMoved = (old.focus ?? WritingForm.middle) != file.place
            guard hasMoved || old.description != file.storedDescription else { continue }
            var pairs = [("description", file.description)]
            if hasMoved { pairs.append(("focus", file.place)) }
            _ = try await visit.ask.send(.put, "/api/v1/media/\(file.id)", pairs)
        }
    }

    /// The file, while no post has it.
    private func unattached(_ id: String, _ visit: Visit) async throws -> AttachedFile? {
        do {
            return AttachedFile(try await visit.ask.get("/api/v1/media/\(id)").root)
        } catch let refusal as Refusal where refusal.status == .notFound {
            return nil
        }
    }
}

extension WritingForm {
    /// What the address says to which the browser is led: only then does the script forget what was typed.
    fileprivate var proof: String { "written=\(PercentCoding.encodeQuery(draft))" }
}
