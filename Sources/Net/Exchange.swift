import HTTP

/// One request while it is answered.
///
/// It is an object because asynchronous functions keep what they handle in frames, each of them several times, and the
/// frames of a connection stay for as long as it does: five hundred at rest would have a megabyte of them.
@Loop
final class Exchange {
    let head: RequestHead
    /// Complete when a route was looked for and the body is here.
    var request: Request
    var match = Match.notFound

    init(_ head: RequestHead) {
        self.head = head
        request = Request(
            method: head.method, target: head.target, fields: head.fields, version: head.version)
    }

    /// What answers; nil where no route does.
    @inline(never)
    var handler: Handler? {
        if case .found(let route, _) = match { route.handle } else { nil }
    }

    /// How the body is to be read.
    func policy(_ limits: Limits) -> BodyPolicy {
        guard case .found(let route, _) = match else { return .buffered(limit: limits.bodyDefault) }
        return route.body
    }
}
