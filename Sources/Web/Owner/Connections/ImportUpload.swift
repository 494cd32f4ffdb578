import HTTP

/// A form with one small file, read into memory.
struct ImportUpload: Sendable {
    /// Bytes of a file that is taken here; longer ones are for `islet import`.
    static let limit = 3 << 20
    /// What the form has around it.
    static let bodyLimit = limit + 65_536

    var texts = Form()
    var file: [UInt8] = []

    /// - Throws: `Refusal` for a form that cannot be read.
    init(_ body: [UInt8], contentType: String?) throws(Refusal) {
        guard let type = contentType.flatMap(MediaType.init), var parser = MultipartParser(contentType: type)
        else {
            texts = Form(urlEncoded: body)
            return
        }
        var events: [MultipartEvent] = []
        do {
            events = try parser.receive(body)
        } catch {
            throw Refusal(.badRequest, "The form cannot be read.")
        }
        var part: MultipartHeaders?
        var content: [UInt8] = []
        for event in events {
            switch event {
            case .partBegan(let headers): (part, content) = (headers, [])
            case .data(let bytes): content += bytes
            case .partEnded:
                guard let headers = part else { continue }
                if headers.filename != nil {
                    file = content
                } else {
                    texts.append(headers.name, String(decoding: content, as: UTF8.self))
                }
            case .finished: return
            }
        }
        throw Refusal(.badRequest, "The form is not complete.")
    }
}
