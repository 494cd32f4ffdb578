import Federation
import HTTP
import JSON
import Markup
import Storage

/// What many of the owner's pages need.
extension Visit {
    /// The id of the owner's account.
    var owner: String { identity.owner.description }

    /// A page of a list, with a way to older items only where there are some.
    ///
    /// - Parameters:
    ///   - more: query items besides those that say where in the list.
    ///   - count: how many items an answer holds.
    func page(
        of path: String, limit: Int, _ more: [(String, String)] = [],
        count: (Answer) -> Int = { $0.elements.count }
    ) async throws -> Answer {
        var answer = try await ask.get(path, Cursor.query(self, limit: limit) + more)
        // A short page is not always the last one: what should be on it may have been left out.
        if count(answer) < limit, let older = answer.older {
            let next = try await ask.get(path, [(older.name, older.value), ("limit", "1")] + more)
            if next.older == nil { answer.older = nil }
        }
        return answer
    }

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
