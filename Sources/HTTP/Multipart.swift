/// What a multipart body holds, in order of arrival.
package enum MultipartEvent: Hashable, Sendable {
    case partBegan(MultipartHeaders)
    /// Never empty.
    case data(ArraySlice<UInt8>)
    case partEnded
    /// The closing boundary has come; what follows it is ignored.
    case finished
}

/// What a part says about itself, RFC 7578 section 4.2.
package struct MultipartHeaders: Hashable, Sendable {
    /// The name of the form's field; empty if the part has none.
    package var name: String
    package var filename: String?
    package var contentType: String?

    package init(name: String, filename: String? = nil, contentType: String? = nil) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
    }
}

/// What is wrong with a multipart body.
package enum MultipartError: Error, Hashable, Sendable {
    case malformed
    case headersTooLong(limit: Int)
    case tooManyParts(limit: Int)
}

extension MultipartHeaders {
    /// With what one more line of the part's header section says; most lines say nothing that matters here.
    func adding(_ line: ArraySlice<UInt8>) throws(MultipartError) -> MultipartHeaders {
        let field: (name: String, value: String)
        do {
            field = try FieldLine.parse(line)
        } catch {
            throw .malformed
        }
        var headers = self
        if ASCII.equal(field.name, "Content-Type") { headers.contentType = field.value }
        if ASCII.equal(field.name, "Content-Disposition") {
            let parts = QuotedText.split(Array(field.value.utf8)[...], ASCII.semicolon)
            let parameters = QuotedText.parameters(parts.dropFirst())
            headers.name = parameters.first { $0.name == "name" }?.value ?? ""
            headers.filename =
                parameters.first { $0.name == "filename*" }.flatMap { MultipartHeaders.extended($0.value) }
                ?? parameters.first { $0.name == "filename" }?.value
        }
        return headers
    }

    /// `UTF-8''na%C3%AFve.png`, RFC 8187 section 3.2.
    private static func extended(_ value: String) -> String? {
        let parts = value.utf8.split(
            separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, ASCII.equal(Substring(parts[0]), "utf-8") else { return nil }
        return PercentCoding.decode(parts[2])
    }
}
