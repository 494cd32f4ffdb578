/// The header or trailer fields of a message: in order, repeatable, names without regard to case.
///
/// RFC 9110 section 5. A handful of fields is searched faster in a row than through any index.
package struct Fields: Sendable {
    private var pairs: [(name: String, value: String)]

    package init() {
        pairs = []
    }

    package init(_ pairs: [(String, String)]) {
        self.pairs = pairs.map { (name: $0.0, value: $0.1) }
    }

    package var count: Int { pairs.count }

    package mutating func reserveCapacity(_ capacity: Int) {
        pairs.reserveCapacity(capacity)
    }

    /// Adds a field after the others, even if there is one of the same name.
    package mutating func append(_ name: String, _ value: String) {
        pairs.append((name: name, value: value))
    }

    /// Removes every field of this name.
    package mutating func remove(_ name: String) {
        pairs.removeAll { ASCII.equal($0.name, name) }
    }

    /// The value of the first field of this name. Setting replaces all of them; nil removes them.
    package subscript(_ name: String) -> String? {
        get {
            for pair in pairs where ASCII.equal(pair.name, name) { return pair.value }
            return nil
        }
        set {
            guard let newValue else { return remove(name) }
            guard let first = pairs.firstIndex(where: { ASCII.equal($0.name, name) }) else {
                return append(name, newValue)
            }
            pairs[first].value = newValue
            let isRepeated = pairs[(first + 1)...].contains { ASCII.equal($0.name, name) }
            guard isRepeated else { return }
            let kept = pairs[...first]
            pairs = kept + pairs[(first + 1)...].filter { !ASCII.equal($0.name, name) }
        }
    }

    /// The values of all fields of this name, in order.
    package func values(_ name: String) -> [String] {
        var found: [String] = []
        for pair in pairs where ASCII.equal(pair.name, name) { found.append(pair.value) }
        return found
    }

    /// The values of all fields of this name as one list, or nil if there is none, RFC 9110 section 5.3.
    package func joined(_ name: String) -> String? {
        let found = values(name)
        return found.isEmpty ? nil : found.joined(separator: ", ")
    }

    package func contains(_ name: String) -> Bool {
        self[name] != nil
    }

    /// Whether one member of the comma-separated lists of this name is `token`, in any case.
    package func hasToken(_ name: String, _ token: String) -> Bool {
        for pair in pairs where ASCII.equal(pair.name, name) {
            for member in pair.value.utf8.split(separator: ASCII.comma) {
                if ASCII.equal(ASCII.trim(Substring(member)), token) { return true }
            }
        }
        return false
    }
}

extension Fields: Sequence {
    package typealias Element = (name: String, value: String)

    package func makeIterator() -> IndexingIterator<[(name: String, value: String)]> {
        pairs.makeIterator()
    }
}

extension Fields: Equatable {
    /// The same fields in the same order, names compared without regard to case.
    package static func == (left: Fields, right: Fields) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { ASCII.equal($0.name, $1.name) && $0.value == $1.value }
    }
}

extension Fields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }
}
