import JSON

/// JSON as tests write it down.
package enum WrittenJSON {
    /// A string with its quotes.
    package static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.array { $0.element(text) }
        return String(String(decoding: writer.bytes, as: UTF8.self).dropFirst().dropLast())
    }

    package static func list(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ",") + "]"
    }

    package static func webFinger(subject: String, actor: String) -> String {
        #"{"subject":"\#(subject)","links":[{"rel":"self","type":"application/activity+json","href":"\#(actor)"}]}"#
    }
}
