import Basics
import HTTP
import Storage

/// What an app wants a filter to be; what it does not name stays.
struct FilterChange: Sendable {
    /// When a filter ends, of which an app names the seconds from now.
    enum End: Sendable {
        case unchanged
        case never
        case at(Timestamp)
    }

    /// A hundred years are as good as for ever, and cannot overflow.
    private static let longest = 3_155_760_000

    var title: String?
    var contexts: Filter.Contexts?
    var action: Filter.Action?
    var end: End

    /// - Parameter title: the name of the parameter with the title, `phrase` in the first version of the API.
    /// - Throws: 422 for what a filter cannot be.
    init(_ parameters: Parameters, title: String = "title", limits: APILimits, at now: Timestamp) throws {
        self.title = parameters.given(title)
        if let text = self.title {
            guard !text.trimmingSpaces.isEmpty else { throw APIError.invalid("Title can't be blank") }
            guard text.unicodeScalars.count <= limits.filterTitleLength else {
                throw APIError.invalid(
                    "Title is too long (maximum is \(limits.filterTitleLength) characters)")
            }
        }
        contexts = try FilterChange.contexts(parameters)
        action = try parameters.text("filter_action").map { name in
            guard let action = FilterEntity.actions.first(where: { $0.name == name }) else {
                throw APIError.invalid("Action is not included in the list")
            }
            return action.value
        }
        end = try FilterChange.end(parameters, at: now)
    }

    private static func contexts(_ parameters: Parameters) throws -> Filter.Contexts? {
        guard parameters["context"] != nil else { return nil }
        let names = parameters.texts("context").map(\.trimmingSpaces).filter { !$0.isEmpty }
        guard !names.isEmpty else { throw APIError.invalid("Context can't be blank") }
        var contexts: Filter.Contexts = []
        for name in names {
            guard let context = FilterEntity.contexts.first(where: { $0.name == name }) else {
                throw APIError.invalid("Context None or invalid context supplied")
            }
            contexts.formUnion(context.value)
        }
        return contexts
    }

    /// Nothing means never, and what is past means now.
    private static func end(_ parameters: Parameters, at now: Timestamp) throws -> End {
        guard let text = parameters.given("expires_in") else { return .unchanged }
        guard !text.trimmingSpaces.isEmpty else { return .never }
        guard let seconds = Int(text.trimmingSpaces) else {
            throw APIError.invalid("Expires in is not a number")
        }
        return .at(now + .seconds(min(max(seconds, 0), longest)))
    }

    /// - Throws: 422 when something is missing that a new filter needs.
    func newFilter() throws -> Filter {
        guard let title else { throw APIError.invalid("Title can't be blank") }
        guard let contexts else { throw APIError.invalid("Context can't be blank") }
        var filter = Filter(title: title, contexts: contexts, action: .warn, expiresAt: nil)
        apply(to: &filter)
        return filter
    }

    func apply(to filter: inout Filter) {
        if let title { filter.title = title }
        if let contexts { filter.contexts = contexts }
        if let action { filter.action = action }
        switch end {
        case .unchanged: break
        case .never: filter.expiresAt = nil
        case .at(let moment): filter.expiresAt = moment
        }
    }
}
