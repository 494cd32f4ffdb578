import Federation
import HTTP

extension WebPages {
    /// Answers with a page that is the same for everybody, which is made once a change, however many ask.
    ///
    /// - Parameters:
    ///   - path: the address of the page in our spelling, whatever that of the request is.
    ///   - known: the names in the query that change the page. All others are left out, so that nobody makes one page
    ///     into many.
    ///   - make: makes the page for the request that it is given, which says nothing of who asks.
    func everybody(
        _ request: Request, at path: String, knowing known: [String] = PublicCursor.names,
        make: (Request) async throws -> Response
    ) async throws -> Response {
        let address = path + SharedPage.query(request.target, known)
        let answer = try await shield.answer(.page(address), to: request) {
            try await make(try SharedPage.request(address, request.parameters))
        }
        // What is not kept is said in the way of who asks.
        return answer.status == .notFound ? notFound(request) : answer
    }
}

/// One spelling for each page.
enum SharedPage {
    /// What is asked, by nobody in particular.
    static func request(_ address: String, _ parameters: [String: String]) throws -> Request {
        Request(
            method: .get, target: try Target(address.utf8), fields: ["Accept": "text/html"],
            parameters: parameters)
    }

    /// The known items of a query, which are cursors, each once, in one order, with the question mark; empty when there
    /// is none.
    static func query(_ target: Target, _ known: [String]) -> String {
        guard target.query != nil else { return "" }
        let items = target.queryItems()
        let kept = known.compactMap { name in
            items.first { $0.0 == name }.flatMap { Cursor.number($0.1) }.map { "\(name)=\($0)" }
        }
        return kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
    }
}
