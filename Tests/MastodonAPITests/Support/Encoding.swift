import HTTP

/// The ways in which apps send one and the same list of parameters.
enum Encoding: String, CaseIterable {
    case form, multipart, json, query
    /// Lists as `a[0]=`.
    case numbered
    /// As iOS writes it: the boundary in quotes, after a charset.
    case quotedMultipart
    /// A form in the query, with an empty object as body.
    case emptyObject

    /// The request for names in the manner of forms, such as `poll[options][]`.
    func request(
        _ method: Method, _ path: String, _ token: String?, _ pairs: [(String, String)]
    ) -> Request {
        var fields = Fields()
        if let token { fields.append("Authorization", "Bearer \(token)") }
        var path = path
        var body = ""
        switch self {
        case .form, .numbered:
            fields.append("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            body = Encoding.form(self == .numbered ? Encoding.numbered(pairs) : pairs)
        case .multipart, .quotedMultipart:
            let boundary = self == .multipart ? "boundary=b-o" : "charset=utf-8; boundary=\"b-o\""
            fields.append("Content-Type", "multipart/form-data; \(boundary)")
            for (name, value) in pairs {
                body += "--b-o\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
            }
            body += "--b-o--\r\n"
        case .json:
            fields.append("Content-Type", "application/json; charset=UTF-8")
            var form = Form()
            for (name, value) in pairs { form.append(name, value) }
            body = Encoding.json(form.tree)
        case .query:
            path += "?" + Encoding.form(pairs)
        case .emptyObject:
            fields.append("Content-Type", "application/json")
            path += "?" + Encoding.form(pairs)
            body = "{}"
        }
        return Request(method, path, fields: fields, body: .bytes(Array(body.utf8)))
    }

    private static func form(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(PercentCoding.encodeQuery($0.0))=\(PercentCoding.encodeQuery($0.1))" }
            .joined(separator: "&")
    }

    /// `a[]` as `a[0]`, `a[1]`; a list of maps stays as it is.
    private static func numbered(_ pairs: [(String, String)]) -> [(String, String)] {
        var next: [String: Int] = [:]
        return pairs.map { name, value in
            guard name.hasSuffix("[]") else { return (name, value) }
            let base = String(name.dropLast(2))
            defer { next[base, default: 0] += 1 }
            return ("\(base)[\(next[base, default: 0])]", value)
        }
    }

    private static func json(_ node: FormNode) -> String {
        switch node {
        case .text(let text):
            return text == "true" || text == "false" || text.allSatisfy(\.isNumber) && !text.isEmpty
                ? text : "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .list(let nodes): return "[" + nodes.map(json).joined(separator: ",") + "]"
        case .map(let members):
            return "{" + members.map { "\"\($0.0)\":\(json($0.1))" }.joined(separator: ",") + "}"
        }
    }
}
