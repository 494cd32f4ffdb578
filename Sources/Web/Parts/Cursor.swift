import HTTP
import Markup

/// The ways through a list: older and newer ones, by the cursors of the API.
enum Cursor {
    /// Posts on a page of the owner's.
    static let posts = 40
    /// The query items that say where in a list.
    static let names = ["max_id", "min_id", "since_id"]

    /// What a page of a list asks the API for: as many as this, from where the address says.
    static func query(_ visit: Visit, limit: Int) -> [(String, String)] {
        query(visit.request, limit: limit)
    }

    static func query(_ request: Request, limit: Int) -> [(String, String)] {
        let cursors = request.target.queryItems().filter {
            names.contains($0.0) && number($0.1) != nil
        }
        return [("limit", String(limit))] + cursors
    }

    /// - Parameter base: the page's address, with the items of its query that stay.
    static func ways(_ answer: Answer, at base: String) -> HTML {
        let joint = base.contains("?") ? "&" : "?"
        var links: [HTML] = []
        if let newer = answer.newer {
            links.append("<a rel=\"prev\" href=\"\(base)\(joint)\(newer.name)=\(newer.value)\">Newer</a>")
        }
        if let older = answer.older {
            links.append("<a rel=\"next\" href=\"\(base)\(joint)\(older.name)=\(older.value)\">Older</a>")
        }
        guard !links.isEmpty else { return HTML() }
        return "<nav class=\"ways\" aria-label=\"More\">\n\(links.joined(separator: "\n"))\n</nav>\n"
    }

    /// The value of a cursor; nil for what is none.
    static func number(_ text: String) -> Int64? {
        guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        return Int64(text)
    }
}
