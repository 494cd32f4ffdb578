package import HTTP

/// What is said to people when something cannot be answered: a page to browsers, a sentence to everybody else.
extension WebPages {
    /// There is nothing at the address.
    package func notFound(_ request: Request) -> Response { refused(.notFound, request) }

    package func refused(_ status: HTTP.Status, _ request: Request) -> Response {
        let excuse = Excuse(status)
        guard request.fields.joined("Accept")?.contains("text/html") == true else {
            var response = Response.text(status, excuse.title + ".\n")
            response.fields["Vary"] = "Accept"
            response.fields["Cache-Control"] = "no-store"
            return response
        }
        var response = layout.notice(status, excuse.title, excuse.sentence)
        // What is wrong now may be right the next time.
        if status != .notFound && status != .gone { response.fields["Cache-Control"] = "no-store" }
        return response
    }
}

/// Why there is no answer, for people.
private struct Excuse {
    let title: String
    let sentence: String

    init(_ status: HTTP.Status) {
        let known = Excuse.known[status.code] ?? (status.reason, "The server answered with \(status.code).")
        title = known.0
        sentence = known.1
    }

    private static let known: [Int: (String, String)] = [
        400: ("That could not be understood", "The request was not what this server expects."),
        401: ("Please sign in", "This is only for the owner of this server."),
        403: ("This is not allowed", "The owner of this server does not show this to everybody."),
        404: ("There is nothing here", "The address may be mistyped, or it never existed."),
        405: ("This cannot be done here", "The address exists, but not for this kind of request."),
        408: ("That took too long", "The rest of the request did not come in time. Please try again."),
        410: ("This is gone", "It was here once and was taken back."),
        411: ("The length is missing", "The request did not say how long it is."),
        413: ("That is too large", "More was sent than this server takes here."),
        414: ("The address is too long", "No address on this server has this length."),
        415: ("The kind of file is unknown", "This server does not take what was sent."),
        421: ("Another address", "This name is not that of this server."),
        422: ("That is not complete", "Something in what was sent is missing or wrong."),
        429: (
            "Please slow down", "There were too many requests from your address. Try again in a few minutes."
        ),
        431: ("The head is too large", "Your browser sent more header fields than this server takes."),
        500: ("Something went wrong", "It is not your fault. The log of the server says more."),
        501: ("This is not there", "This server does not have this function."),
        503: ("The server is busy", "Please try again in a moment."),
        507: ("There is no room left", "The disk of this server is full."),
    ]
}
