import Federation
import HTTP

/// The Link field that leads to the neighbouring pages, in exactly the form that apps take apart.
enum Pagination {
    /// The name of the cursor that leads to newer items.
    enum Newer: String {
        case minID = "min_id"
        case sinceID = "since_id"
    }

    /// What must not be repeated: cursors, and secrets.
    private static let dropped: Set<String> = ["max_id", "min_id", "since_id", "access_token"]

    /// - Parameters:
    ///   - older: the cursor for `next`, nil on the last page.
    ///   - newer: the cursor for `prev`, nil on an empty page.
    static func link(
        _ call: Call, _ identity: Identity, older: Int64?, newer: Int64?, by name: Newer = .minID
    ) -> String? {
        guard older != nil || newer != nil else { return nil }
        var base = "<\(identity.origin)\(call.request.target.path)?"
        for (key, value) in call.request.target.queryItems() where !dropped.contains(key) {
            base += "\(PercentCoding.encodeQuery(key))=\(PercentCoding.encodeQuery(value))&"
        }
        var links: [String] = []
        if let older { links.append("\(base)max_id=\(older)>; rel=\"next\"") }
        if let newer { links.append("\(base)\(name.rawValue)=\(newer)>; rel=\"prev\"") }
        return links.joined(separator: ", ")
    }
}

extension Response {
    /// Adds the Link field for a page whose items are these cursors, newest first, before any was filtered
    /// out.
    ///
    /// - Parameter isFull: whether there may be older ones; a short page may have a next one when its items
    ///   were filtered, so this is decided by what the store gave.
    func linked(
        _ call: Call, _ identity: Identity, first: Int64?, last: Int64?, isFull: Bool,
        newer: Pagination.Newer = .minID
    ) -> Response {
        var response = self
        response.fields["Link"] = Pagination.link(
            call, identity, older: isFull ? last : nil, newer: first, by: newer)
        return response
    }
}
