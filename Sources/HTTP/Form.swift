/// The names and values of a form or query, in order, as they were sent.
///
/// Names may have brackets in the manner of Rails; `tree` reads them.
package struct Form: Sendable {
    package private(set) var pairs: [(name: String, value: String)] = []

    package init() {}

    /// Reads `application/x-www-form-urlencoded`; what stands after `Limits.formPairs` pairs is not read.
    package init(urlEncoded bytes: [UInt8]) {
        pairs = Form.pairs(of: bytes[...]).map { (name: $0.0, value: $0.1) }
    }

    /// Reads the query of a target.
    package init(query: String?) {
        self.init(urlEncoded: Array((query ?? "").utf8))
    }

    /// Adds a pair, for example a field of a multipart body. Beyond `Limits.formPairs` nothing is added.
    package mutating func append(_ name: String, _ value: String) {
        guard pairs.count < Limits.standard.formPairs else { return }
        pairs.append((name: name, value: value))
    }

    /// Adds the pairs of another form after these.
    package mutating func append(_ other: Form) {
        for pair in other.pairs { append(pair.name, pair.value) }
    }

    static func pairs(of bytes: ArraySlice<UInt8>) -> [(String, String)] {
        var found: [(String, String)] = []
        var rest = bytes
        while !rest.isEmpty, found.count < Limits.standard.formPairs {
            let pair = rest.prefix { $0 != UInt8(ascii: "&") }
            rest = rest.dropFirst(pair.count + 1)
            if pair.isEmpty { continue }
            let name = pair.prefix { $0 != ASCII.equals }
            let value = pair.dropFirst(name.count + 1)
            found.append((PercentCoding.decodeForm(name), PercentCoding.decodeForm(value)))
        }
        return found
    }

    /// The pairs as one map, with every `a[b]`, `a[]` and `a[0]` in its place.
    ///
    /// A name that asks for more than `Limits.formDepth` levels, or for a list where a map already is, is
    /// left out.
    package var tree: FormNode {
        var root = FormNode.map([])
        for pair in pairs {
            let path = Form.path(pair.name)
            guard path.count <= Limits.standard.formDepth else { continue }
            root.insert(pair.value, at: path[...])
        }
        return root
    }

    /// `a[b][]` as `a`, `b` and an empty part. A name whose brackets do not pair up is one part.
    static func path(_ name: String) -> [String] {
        let bytes = Array(name.utf8)
        guard let open = bytes.firstIndex(of: UInt8(ascii: "[")), open > 0, bytes.last == UInt8(ascii: "]")
        else {
            return [name]
        }
        var parts = [String(decoding: bytes[..<open], as: UTF8.self)]
        var rest = bytes[open...]
        while !rest.isEmpty {
            guard rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) else {
                return [name]
            }
            let part = rest[(rest.startIndex + 1)..<close]
            guard !part.contains(UInt8(ascii: "[")) else { return [name] }
            parts.append(String(decoding: part, as: UTF8.self))
            rest = rest[(close + 1)...]
        }
        return parts
    }
}
