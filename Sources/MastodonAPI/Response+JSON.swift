import HTTP
import JSON

extension Response {
    /// 200 with a JSON document, written by the closure.
    static func json(capacity: Int = 2_048, _ write: (inout JSONWriter) throws -> Void) rethrows -> Response {
        var writer = JSONWriter(capacity: capacity)
        try write(&writer)
        return .json(.ok, writer.bytes)
    }

    /// `{}`: what is answered when there is nothing to say.
    static let emptyObject = Response.json(.ok, Array("{}".utf8))
    static let emptyList = Response.json(.ok, Array("[]".utf8))
}
