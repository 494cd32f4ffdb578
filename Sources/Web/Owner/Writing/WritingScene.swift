import HTTP
import JSON
import Markup

/// The form and what stands around it: what it answers, quotes or changes, and the files that were added.
struct WritingScene: Sendable {
    var form: WritingForm
    let limits: WritingLimits
    private(set) var parent: Post?
    private(set) var quoted: Post?
    /// The post of which it is to become a new version.
    private(set) var before: Post?
    /// In the form's order.
    private(set) var files: [AttachedFile] = []
    /// What the owner should know first.
    var problems: [String] = []
    var preview: HTML?
    /// What is there already, when it is something else than what the form says.
    var rival: Rival?

    struct Rival: Sendable {
        let title: HTML
        let text: String
        let warning: String
        let address: String
    }

    /// What is not there any more is left out of the form, with a word about it.
    static func load(_ form: WritingForm, _ visit: Visit) async throws -> WritingScene {
        var scene = WritingScene(form: form, limits: try await WritingLimits(visit))
        try await scene.loadEdited(visit)
        try await scene.loadScheduled(visit)
        // A post keeps its place in a thread, also when what it answers or quotes is gone.
        let isNew = scene.before == nil
        if let id = form.reply {
            scene.parent = try await post(id, visit)
            if scene.parent == nil, isNew {
                scene.form.reply = nil
                scene.problems.append("The post that this answers is not there any more.")
            }
        }
        if let id = form.quote {
            scene.quoted = try await post(id, visit)
            if scene.quoted == nil, isNew {
                scene.form.quote = nil
                scene.problems.append("The post that this quotes is not there any more.")
            }
        }
        try await scene.loadFiles(visit)
        return scene
    }

    private mutating func loadEdited(_ visit: Visit) async throws {
        guard let id = form.edited else { return }
        before = try await WritingScene.post(id, visit)
        guard before == nil else { return }
        form.edited = nil
        form.draft = WritingForm.newDraft()
        problems.append("The post is not there any more. What you wrote can be published as a new one.")
    }

    private mutating func loadScheduled(_ visit: Visit) async throws {
        guard let id = form.scheduled else { return }
        do {
            _ = try await visit.ask.get("/api/v1/scheduled_statuses/\(id)")
        } catch let refusal as Refusal where refusal.status == .notFound {
            form.scheduled = nil
            problems.append(
                "The post does not wait any more: it was published or cancelled meanwhile. What is below would be "
                    + "another one.")
        }
    }

    private static func post(_ id: String, _ visit: Visit) async throws -> Post? {
        do {
            return Post(try await visit.ask.get("/api/v1/statuses/\(id)").root)
        } catch let refusal as Refusal where refusal.status == .notFound {
            return nil
        }
    }

    private mutating func loadFiles(_ visit: Visit) async throws {
        var kept: [WritingForm.File] = []
        for file in form.files {
            if let old = before?.files.first(where: { $0.id == file.id }) {
                files.append(old)
                kept.append(file)
                continue
            }
            do {
                files.append(AttachedFile(try await visit.ask.get("/api/v1/media/\(file.id)").root))
                kept.append(file)
            } catch let refusal as Refusal where refusal.status == .notFound {
                problems.append("A file that you had added is not here any more, or belongs to another post.")
            }
        }
        form.files = kept
    }
}
