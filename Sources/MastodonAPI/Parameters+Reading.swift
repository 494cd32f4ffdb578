import HTTP
import JSON

extension Parameters {
    /// Deepest value of a JSON body: what apps send needs four.
    private static let deepest = 8

    /// Reads the body in the encoding it says it has. An encoding that is not known counts as no body.
    ///
    /// - Throws: 400 for a body that is not what it says it is.
    static func read(from request: Request) async throws -> Parameters {
        let query = request.target.query
        let bytes = try await request.body.collect(limit: Limits.standard.bodyDefault)
        guard !bytes.isEmpty else { return Parameters(body: nil, query: query) }
        let header = request.fields["Content-Type"]
        let type = header.flatMap { MediaType($0) }
        switch type?.essence {
        case "application/json":
            return Parameters(body: try json(bytes), query: query)
        case "multipart/form-data":
            guard let type else { return Parameters(body: nil, query: query) }
            return Parameters(body: try multipart(bytes, type).tree, query: query)
        case "application/x-www-form-urlencoded", nil:
            return Parameters(body: Form(urlEncoded: bytes).tree, query: query)
        default:
            return Parameters(body: nil, query: query)
        }
    }

    private static func multipart(_ bytes: [UInt8], _ type: MediaType) throws -> Form {
        guard var parser = MultipartParser(contentType: type) else {
            throw APIError.badRequest("Malformed form")
        }
        var form = Form()
        var name: String?
        var value: [UInt8] = []
        let events: [MultipartEvent]
        do {
            events = try parser.receive(bytes)
        } catch {
            throw APIError.badRequest("Malformed form")
        }
        guard parser.isFinished else { throw APIError.badRequest("Malformed form") }
        for event in events {
            switch event {
            case .partBegan(let headers):
                // A file where none is expected is not a parameter.
                name = headers.filename == nil ? headers.name : nil
                value = []
            case .data(let bytes):
                if name != nil { value += bytes }
            case .partEnded:
                if let name { form.append(name, clean(String(decoding: value, as: UTF8.self))) }
            case .finished:
                break
            }
        }
        return form
    }

    static func json(_ bytes: [UInt8]) throws -> FormNode {
        var limits = JSONLimits.standard
        limits.depth = deepest
        do {
            return node(try Document(bytes, limits: limits).root) ?? .map([])
        } catch {
            throw APIError.badRequest("Error occurred while parsing request parameters")
        }
    }

    /// Goes as deep as `deepest`, which the parser has checked. `null` counts as not given.
    private static func node(_ value: JSONValue) -> FormNode? {
        switch value.kind {
        case .null: nil
        case .bool: .text(value.bool == true ? "true" : "false")
        case .number: .text(number(value))
        case .string: .text(clean(value.string ?? ""))
        case .array: .list(value.elements.compactMap(node))
        case .object:
            .map(value.members.compactMap { member in node(member.value).map { (member.key, $0) } })
        }
    }

    /// `1.0`, as some apps write whole numbers, becomes `1`.
    private static func number(_ value: JSONValue) -> String {
        value.int.map { String($0) } ?? String(decoding: value.rawBytes, as: UTF8.self)
    }

    /// NUL, which no text of a person holds, becomes U+FFFD as in other encodings.
    private static func clean(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }
}
