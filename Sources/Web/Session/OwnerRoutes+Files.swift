import HTTP
import MastodonAPI
import Media

/// A form with files, read to its end. Nothing was done with it yet.
struct FileForm: Sendable {
    var texts: Form
    /// They belong to nothing; what is not used is removed by the housekeeping.
    var files: [(field: String, file: StoredFile)] = []
    /// Why files were left out.
    var faults: [UploadError] = []
    /// Whether it carries the token of this session. Without, it may be shown again, but not acted upon.
    let isOurs: Bool
}

extension WebPages {
    /// An act that a form with files asks for. The files are stored while they come.
    func fileForm(
        _ path: String, files: Set<FileField>,
        _ act: @escaping @Sendable (Visit, FileForm) async throws -> Outcome
    ) -> Route {
        Route(.post, path, body: .streamed(limit: api.bodyLimit(with: files))) { request in
            await enter(request) { visit in
                guard visit.isFromHere else { throw Visit.notFromHere }
                let form = try await read(request, files, visit)
                return visit.answer(try await act(visit, form), form.texts)
            }
        }
    }

    private func read(_ request: Request, _ files: Set<FileField>, _ visit: Visit) async throws -> FileForm {
        guard let type = request.fields["Content-Type"].flatMap(MediaType.init), type.type == "multipart"
        else {
            let form = Form(urlEncoded: try await request.body.collect(limit: Limits.standard.bodyDefault))
            return FileForm(texts: form, isOurs: visit.token.isIn(form))
        }
        do {
            let form = try await api.receive(request.body, contentType: type, files: files)
            return FileForm(
                texts: form.texts, files: form.all, faults: form.faults, isOurs: visit.token.isIn(form.texts))
        } catch {
            throw WebPages.refusal(of: error)
        }
    }

    /// Nothing of the form can be shown again: its owner is told what can be done.
    private static func refusal(of error: UploadError) -> any Error {
        let back = "Go back in the browser, and if it still has what you typed,"
        return switch error {
        case .interrupted(.tooLarge(let limit)):
            Refusal(
                .contentTooLarge,
                "What was sent is larger than \(limit) bytes, the most that is taken. \(back) send less text, or fewer "
                    + "and smaller files.")
        case .interrupted(let reason): reason
        default:
            Refusal(
                error == .malformedForm ? .badRequest : .serviceUnavailable,
                "\(error.reason). \(back) send it again.")
        }
    }
}
