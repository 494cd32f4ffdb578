import HTTP
import Markup

extension Visit {
    /// - Throws: `Refusal` for a form that is not from a page of this session.
    func require(_ form: Form) throws {
        guard isFromHere, token.isIn(form) else { throw Visit.notFromHere }
    }

    /// Whether the browser does not say that another site sent the form.
    var isFromHere: Bool { pages.isFromHere(request) }

    static let notFromHere = Refusal(
        .forbidden,
        "This form is not from a page of this session. Go back, reload the page, and try again.")

    func answer(_ page: OwnerPage) -> Response {
        pages.layout.response(page, for: self)
    }

    func answer(_ outcome: Outcome, _ form: Form) -> Response {
        switch outcome {
        case .back: Redirects.see(Redirects.own(form.value("back")))
        case .to(let path): Redirects.see(Redirects.own(path))
        case .page(let page): answer(page)
        case .response(let response): response
        }
    }

    func answer(_ refusal: Refusal) -> Response {
        answer(
            OwnerPage(
                title: "That did not work", status: refusal.status,
                main: """
                    <h1>That did not work</h1>
                    <p>\(refusal.reason)</p>
                    <p><a href="/home">Home</a></p>

                    """))
    }
}

extension Form {
    /// The first value with this name.
    func value(_ name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// All values with this name, as check boxes send them.
    func values(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// Whether the check box was ticked.
    func isOn(_ name: String) -> Bool { value(name) != nil }
}
