package import HTTP

/// What a reader of an address with two faces wants: the ActivityPub document or the page for people.
///
/// RFC 9110 section 12.5.1, as far as it matters for this choice.
package enum Negotiation {
    /// Whether the request asks for the document.
    ///
    /// Both media types of ActivityPub count with any preference above zero; `application/json` when `text/html` is
    /// not preferred to it. `*/*` alone, or nothing, means the page.
    package static func wantsDocument(_ request: Request) -> Bool { wantsDocument(request.fields) }

    /// The same for the fields of a request.
    static func wantsDocument(_ fields: Fields) -> Bool {
        var html = Preference()
        var json = Preference()
        var position = 0
        for field in fields.values("Accept") {
            for range in field.utf8.split(separator: UInt8(ascii: ",")).prefix(32) {
                position += 1
                let parts = range.split(separator: UInt8(ascii: ";"))
                guard let type = parts.first.map(trimmed) else { continue }
                let quality = quality(parts.dropFirst())
                guard quality > 0 else { continue }
                if equal(type, "application/activity+json") || equal(type, "application/ld+json") {
                    return true
                }
                if equal(type, "text/html") { html.consider(quality, at: position) }
                if equal(type, "application/json") { json.consider(quality, at: position) }
            }
        }
        return json.isBetter(than: html)
    }

    /// How much something is wanted, in thousandths, and which was named first.
    private struct Preference {
        var quality = 0
        var position = 0

        mutating func consider(_ quality: Int, at position: Int) {
            if quality > self.quality { (self.quality, self.position) = (quality, position) }
        }

        func isBetter(than other: Preference) -> Bool {
            quality > other.quality || quality > 0 && quality == other.quality && position < other.position
        }
    }

    /// The weight among the parameters, in thousandths; 1000 when there is none or it is not one.
    private static func quality(_ parameters: ArraySlice<Substring.UTF8View>) -> Int {
        for parameter in parameters {
            let text = trimmed(parameter)
            guard text.count >= 3, text.first.map({ $0 | 0x20 }) == UInt8(ascii: "q"),
                text.dropFirst().first == UInt8(ascii: "=")
            else { continue }
            let number = Double(String(Substring(text.dropFirst(2)))) ?? 1
            return number >= 0 && number <= 1 ? Int(number * 1_000) : 1_000
        }
        return 1_000
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
        var rest = bytes
        while let first = rest.first, first == 0x20 || first == 0x09 { rest = rest.dropFirst() }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
        return rest
    }

    private static func equal(_ left: Substring.UTF8View, _ right: String) -> Bool {
        left.count == right.utf8.count && zip(left, right.utf8).allSatisfy { lower($0) == $1 }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
