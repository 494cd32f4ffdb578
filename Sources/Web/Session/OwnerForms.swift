import HTTP
import Markup

/// Pages with forms of their own, which most of the owner's pages are.
extension WebPages {
    /// A page at `path` whose forms are sent to it.
    ///
    /// - Parameters:
    ///   - show: makes the page; with what was typed when a form was refused, else with an empty form.
    ///   - act: does what the form asks for. What it refuses is said above the page.
    func formPage(
        _ path: String, limit: Int = Limits.standard.bodyDefault,
        show: @escaping @Sendable (Visit, Form) async throws -> OwnerPage,
        act: @escaping @Sendable (Visit, Form) async throws -> Outcome
    ) -> [Route] {
        [
            page(path) { visit in
                var page = try await show(visit, Form())
                page.notice = page.notice ?? visit.doneNotice
                return page
            },
            form(path, limit: limit) { visit, form in
                do {
                    return try await act(visit, form)
                } catch let refusal as Refusal {
                    var page = try await show(visit, form)
                    page.status = refusal.status
                    page.notice = OwnerPage.Notice(text: refusal.reason, isProblem: true)
                    return .page(page)
                }
            },
        ]
    }
}

extension Visit {
    /// A page whose form worked says so, because its address says that it did.
    var doneNotice: OwnerPage.Notice? {
        query("done").isEmpty ? nil : OwnerPage.Notice(text: "Done.", isProblem: false)
    }

    /// A form with one button.
    func actButton(
        _ action: String, _ label: String, _ fields: [(String, String)] = [], kind: HTML = "",
        back: String? = nil
    ) -> HTML {
        let hidden = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
        return form(
            action, hidden.joined() + Inputs.button(label, kind: kind), back: back, kind: "row")
    }
}

extension Outcome {
    /// The page at this path, which then says that it is done.
    static func done(_ path: String) -> Outcome { .to("\(path)?done=1") }
}
