/// A request whose head has been read and whose body is here or still coming.
package struct Request: Sendable {
    package var method: Method
    package var target: Target
    package var fields: Fields
    /// The minor version of HTTP/1: 0 or 1.
    package var version: Int
    package var body: RequestBody
    /// The named parts of the path, filled in by the router's user.
    package var parameters: [String: String]
    /// The client's address as text, behind any trusted proxy.
    package var peer: String
    /// Whether the client came by TLS, to us or to a trusted proxy.
    package var isSecure: Bool
    /// A number for the log, different for every request of a process.
    package var id: UInt64

    package init(
        method: Method, target: Target, fields: Fields = Fields(), version: Int = 1,
        body: RequestBody = .bytes([]), parameters: [String: String] = [:], peer: String = "",
        isSecure: Bool = false, id: UInt64 = 0
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.version = version
        self.body = body
        self.parameters = parameters
        self.peer = peer
        self.isSecure = isSecure
        self.id = id
    }

    /// A request as a program writes it down, with its target as text.
    ///
    /// Stops the program if the target is not one: for tests and for requests made by ourselves.
    package init(
        _ method: Method, _ target: String, fields: Fields = Fields(), body: RequestBody = .bytes([])
    ) {
        do {
            self.init(method: method, target: try Target(Array(target.utf8)), fields: fields, body: body)
        } catch {
            preconditionFailure("a written-down target must be valid: \(error)")
        }
    }
}
