import HTTP
import Markup
import MastodonAPI
import Media

/// `/home/write`: one page for new posts, answers, quotes and new versions.
///
/// Every button sends the whole form, and whatever happens, it comes back with everything that was typed.
extension WebPages {
    var writingRoutes: [Route] {
        [
            page("/home/write") { visit in
                let form = try await WritingForm.starting(visit)
                return try await writingPage(form, visit)
            },
            fileForm("/home/write", files: [WebPages.writingFiles], write),
        ]
    }

    /// As many as a post has at most; what is too much for this post is told.
    private static let writingFiles = FileField.anything("files", most: 4)

    private func write(_ visit: Visit, _ sent: FileForm) async throws -> Outcome {
        var form = WritingForm(sent.texts)
        guard sent.isOurs else {
            let page = try await writingPage(
                form, visit, status: .forbidden,
                problems: [
                    "This form is from an earlier session. Look at it once more, then send it again; files must be "
                        + "chosen again."
                ])
            return .page(page)
        }
        var problems = sent.faults.map { $0.reason + "." }
        problems += try await attach(sent, to: &form, visit)
        let act = sent.texts.value("act") ?? ""
        guard problems.isEmpty else {
            return .page(try await writingPage(form, visit, status: .unprocessable, problems: problems))
        }
        switch act {
        case "publish":
            return try await publish(form, visit)
        case "preview":
            return .page(try await previewPage(form, visit))
        case "option":
            form.poll.options.append("")
        default:
            // Its row stays for a day, so that going back in the browser finds the file again.
            form.files.removeAll { act == WritingForm.dropAct($0.id) }
        }
        return .page(try await writingPage(form, visit))
    }

    /// Makes attachments of the files that came with the form.
    ///
    /// - Returns: what is wrong with some of them.
    private func attach(
        _ sent: FileForm, to form: inout WritingForm, _ visit: Visit
    ) async throws -> [String] {
        guard !sent.files.isEmpty else { return [] }
        let limit = try await WritingLimits(visit).files
        var problems: [String] = []
        for (_, file) in sent.files {
            guard form.files.count < limit else {
                problems.append("A post has no more than \(limit) files.")
                break
            }
            do {
                let answer = try await visit.ask.send(.post, "/api/v2/media", [], files: ["file": file])
                form.files.append(WritingForm.File(id: answer.root.text("id")))
            } catch let refusal as Refusal {
                problems.append(refusal.words)
            }
        }
        return problems
    }

    private func previewPage(_ form: WritingForm, _ visit: Visit) async throws -> OwnerPage {
        var scene = try await WritingScene.load(form, visit)
        let preview = try api.preview(form.storedText, format: form.format)
        let length = preview.length + form.warning.count
        scene.preview = WritingPreview(scene: scene, text: preview.html, length: length).html
        return writingPage(scene, visit)
    }

    /// The page with this form, whatever is wrong with it.
    func writingPage(
        _ form: WritingForm, _ visit: Visit, status: HTTP.Status = .ok, problems: [String] = []
    ) async throws -> OwnerPage {
        var scene = try await WritingScene.load(form, visit)
        scene.problems = problems + scene.problems
        return writingPage(scene, visit, status: status)
    }

    func writingPage(_ scene: WritingScene, _ visit: Visit, status: HTTP.Status = .ok) -> OwnerPage {
        let markup = WritingMarkup(scene: scene, visit: visit)
        return OwnerPage(title: markup.title, section: "/home/write", status: status, main: markup.html)
    }
}

extension Refusal {
    /// The reason without the words that only programs need.
    var words: String {
        let prefix = "Validation failed: "
        let text = reason.hasPrefix(prefix) ? String(reason.dropFirst(prefix.count)) : reason
        return text.hasSuffix(".") ? text : text + "."
    }
}
