import Federation
import HTTP
import JSON
import Markup
import Storage

/// What many of the owner's pages need.
extension Visit {
    /// The id of the owner's account.
    var owner: String { identity.owner.description }

    /// How the owner and these people stand to each other, by id.
    func ties(_ people: some Sequence<String>) async throws -> [String: Tie] {
        let ids = Set(people).sorted().prefix(80)
        guard !ids.isEmpty else { return [:] }
        let answer = try await ask.get("/api/v1/accounts/relationships", ids.map { ("id[]", $0) })
        return Dictionary(answer.elements.map { ($0.text("id"), Tie($0)) }) { first, _ in first }
    }

    /// A named part of the path as a part of an address.
    func segment(_ name: String) -> String { PercentCoding.encodeSegment(part(name)) }

    /// A button of the page's one form.
    func button(_ path: String, _ label: HTML, isOn: Bool = false) -> HTML {
        let pressed: HTML = isOn ? " aria-pressed=\"true\"" : HTML()
        return "<button form=\"acts\" formaction=\"\(path)\"\(pressed)>\(label)</button>"
    }
}
