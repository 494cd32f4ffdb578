import HTTP

/// Where in a list a page for everybody begins: the only query items that such a page knows.
struct PublicCursor {
    /// All other names make no difference, so that nobody makes one page into many.
    static let names = ["max_id", "min_id"]

    /// As the API takes them; none for the first page.
    let items: [(String, String)]

    init(_ request: Request) {
        items = Cursor.query(request, limit: 0).filter { PublicCursor.names.contains($0.0) }
    }

    var isFirst: Bool { items.isEmpty }

    func value(_ name: String) -> String? { items.first { $0.0 == name }?.1 }

    /// What a page of a list asks the API for.
    func query(limit: Int) -> [(String, String)] { [("limit", String(limit))] + items }
}
