import HTTP

/// The parameters of a request, from body and query together; the body wins where both name one.
struct Parameters: Sendable {
    private var body: FormNode?
    private var query: FormNode?

    init() {}

    init(body: FormNode?, query: String?) {
        self.body = body
        if let query, !query.isEmpty { self.query = Form(query: query).tree }
    }

    subscript(_ name: String) -> FormNode? {
        body?[name] ?? query?[name]
    }

    /// The text as given; nil when absent or empty.
    func text(_ name: String) -> String? {
        guard let text = self[name]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// The text as given, which may be empty; nil only when absent.
    func given(_ name: String) -> String? {
        self[name]?.string
    }

    func bool(_ name: String) -> Bool? { self[name]?.bool }
    func int(_ name: String) -> Int? { self[name]?.int }

    /// `name[]`, `name[0]` or a single `name`; empty when absent.
    func texts(_ name: String) -> [String] { self[name]?.strings ?? [] }

    /// A cursor for paging: digits that fit into an id, else nil.
    func cursor(_ name: String) -> Int64? {
        guard let text = text(name), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        // What is larger than any id asks for everything that is older.
        return Int64(text) ?? .max
    }
}
