import HTTP
package import JSON

/// JSON-LD read without a JSON-LD processor: the shapes that other servers send for the same thing.
///
/// Nothing here recurses or fails; what is not understood is as if it were absent.
extension JSONValue {
    /// The ids that this value refers to: a string, `{id}`, `{type: Link, href}`, or an array of these.
    ///
    /// What is no reference is skipped, and so is an array within an array.
    package func ids() -> [String] {
        let value = unwrapped
        guard value.kind == .array else { return value.reference.map { [$0] } ?? [] }
        return value.elements.compactMap(\.reference)
    }

    /// The first id that this value refers to.
    package var firstID: String? {
        let value = unwrapped
        guard value.kind == .array else { return value.reference }
        for element in value.elements {
            if let id = element.reference { return id }
        }
        return nil
    }

    private var reference: String? {
        switch kind {
        case .string: string.flatMap(JSONValue.filled)
        case .object: (self["id"] ?? self["@id"])?.string.flatMap(JSONValue.filled) ?? link
        default: nil
        }
    }

    private var link: String? { self["href"]?.string.flatMap(JSONValue.filled) }

    private static func filled(_ text: String) -> String? { text.isEmpty ? nil : text }

    /// The elements of an array, or the value alone when somebody left out the brackets; nulls are skipped.
    package var asArray: [JSONValue] {
        let value = unwrapped
        switch value.kind {
        case .array: return value.elements.filter { !$0.isNull }
        case .null: return []
        default: return [value]
        }
    }

    /// What stands in `{"@list": ...}` or `{"@set": ...}`, which have no other member; one layer only.
    var unwrapped: JSONValue {
        guard kind == .object, count == 1 else { return self }
        return self["@list"] ?? self["@set"] ?? self
    }

    /// Whether a document of JSON-LD is turned inside out, so that its members do not say what it is about.
    ///
    /// Nobody sends these; signatures over the meaning of a document could be carried over to another by them.
    var isTurnedInsideOut: Bool {
        self["@graph"] != nil || self["@reverse"] != nil || self["@included"] != nil
    }

    /// The value, or the first of an array that is not null.
    package var first: JSONValue? {
        let value = unwrapped
        switch value.kind {
        case .array: return value.elements.first { !$0.isNull }
        case .null: return nil
        default: return value
        }
    }

    /// The local names of the types: `Note` for `as:Note` and `https://www.w3.org/ns/activitystreams#Note`.
    package var types: [String] {
        guard let value = self["type"] ?? self["@type"] else { return [] }
        if let name = value.string { return [JSONValue.localName(name)] }
        return value.elements.compactMap { $0.string.map(JSONValue.localName) }
    }

    /// Whether this is one of the types, by local name.
    package func has(type: String) -> Bool {
        types.contains(type)
    }

    /// What follows the last `#`, else the last `/` of an address, else the colon of a prefix.
    private static func localName(_ name: String) -> String {
        let bytes = name.utf8
        guard bytes.contains(UInt8(ascii: ":")) else { return name }
        let cut =
            bytes.lastIndex(of: UInt8(ascii: "#")) ?? bytes.lastIndex(of: UInt8(ascii: "/"))
            ?? bytes.lastIndex(of: UInt8(ascii: ":"))
        return cut.map { String(name[bytes.index(after: $0)...]) } ?? name
    }

    /// A text under this key, or from the language map beside it (`contentMap`).
    ///
    /// Takes a string, `{"@value"}`, a language map (its first entry) and an array of these (its first usable one).
    /// U+0000 is taken out.
    package func text(_ key: String) -> String? {
        if let value = self[term: key], let text = value.plainText { return PlainText.withoutNUL(text) }
        return self[key + "Map"]?.firstEntry.map(PlainText.withoutNUL)
    }

    /// A text that stands among others, such as a name: also without characters that turn the direction of writing.
    package func name(_ key: String) -> String? {
        text(key).map(PlainText.name)
    }

    private var plainText: String? {
        if let string { return string }
        switch kind {
        case .object: return self["@value"]?.string ?? firstEntry
        case .array:
            for element in elements {
                if let text = element.string ?? element["@value"]?.string { return text }
            }
            return nil
        default: return nil
        }
    }

    /// The first text of a language map.
    private var firstEntry: String? {
        for member in members {
            if let text = member.value.string { return text }
        }
        return nil
    }

    /// A moment, in milliseconds since 1970, however it is spelled.
    package func date(_ key: String) -> Int64? {
        guard let value = self[term: key]?.first else { return nil }
        return (value.string ?? value["@value"]?.string).flatMap(ISO8601.parse)
    }

    /// Whether the member is `true`; whatever else it may be is false.
    package func flag(_ key: String) -> Bool {
        self[term: key]?.bool == true
    }

    /// A whole number: also written as text or with a fraction, which is cut off. Out of range it is moved to the end.
    package func integer(_ key: String) -> Int? {
        guard var value = self[term: key] else { return nil }
        if value.kind == .object, let inner = value["@value"] { value = inner }
        if let int = value.int { return int }
        guard let double = value.double ?? value.string.flatMap(JSONValue.number) else { return nil }
        if double >= 0x1p62 { return Int.max }
        return double <= -0x1p62 ? Int.min : Int(double)
    }

    private static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 32, let double = Double(text), double.isFinite else { return nil }
        return double
    }
}
