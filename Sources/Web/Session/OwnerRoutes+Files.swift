import Federation
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
            var isIn = false
            let answer = await enter(request) { visit in
                isIn = true
                guard visit.isFromHere else { throw Visit.notFromHere }
                let form = try await read(request, files, visit)
                return visit.answer(try await act(visit, form), form.texts)
            }
            guard !isIn, answer.status == .seeOther, let text = await typedText(in: request) else {
                return answer
            }
            return signInForm(next: request.target.raw, status: .unauthorized, typed: text)
        }
    }

    /// Whether the browser does not say that another site sent it.
    func isFromHere(_ request: Request) -> Bool {
        let site = request.fields["Sec-Fetch-Site"]
        let origin = request.fields["Origin"]
        return (site == nil || site == "same-origin") && (origin == nil || origin == identity.origin)
    }

    /// The longest form, in bytes, that is looked through for somebody who is not signed in.
    private static let longestOfStrangers = 16 << 20

    /// What was typed by somebody whose session ended meanwhile; files are read past, and nothing is stored.
    private func typedText(in request: Request) async -> String? {
        guard request.fields["Cookie"] != nil, isFromHere(request),
            let length = request.fields["Content-Length"].flatMap({ Int($0) }),
            length <= WebPages.longestOfStrangers,
            let type = request.fields["Content-Type"].flatMap(MediaType.init), type.type == "multipart"
        else { return nil }
        // What cannot be read cannot be shown: then they are asked to sign in, as for any page.
        let form = try? await api.receive(request.body, contentType: type, files: [])
        let text = form?.texts.value("text") ?? ""
        return text.isEmpty ? nil : text
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
