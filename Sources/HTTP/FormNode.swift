/// What a client sent, whatever its encoding: a text, a list, or a map in order of arrival.
package enum FormNode: Sendable {
    case text(String)
    case list([FormNode])
    case map([(String, FormNode)])

    /// The member of a map.
    package subscript(_ key: String) -> FormNode? {
        guard case .map(let members) = self else { return nil }
        return members.first { $0.0 == key }?.1
    }

    /// The text; of a list the last one, as when a scalar is given twice.
    package var string: String? {
        switch self {
        case .text(let text): text
        case .list(let nodes): nodes.last?.text
        case .map: nil
        }
    }

    private var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The texts of a list; a single text counts as a list of one, and so does a map with numbers as keys.
    package var strings: [String] {
        elements.compactMap(\.text)
    }

    /// The members of a list, of a map whose keys are all numbers (in their order), or the single text
    /// itself.
    package var elements: [FormNode] {
        switch self {
        case .text: return [self]
        case .list(let nodes): return nodes
        case .map(let members):
            var numbered: [(Int, FormNode)] = []
            for (key, node) in members {
                guard let number = ASCII.decimal(key.utf8) else { return [] }
                numbered.append((number, node))
            }
            return numbered.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// False for `false`, `0`, `f` and `off` in any case, nil if empty or no text, else true.
    package var bool: Bool? {
        guard let text = string, !text.isEmpty else { return nil }
        return !["false", "0", "f", "off"].contains { ASCII.equal($0, text) }
    }

    /// The number that the text spells, or nil.
    package var int: Int? {
        string.flatMap { Int($0) }
    }
}

extension FormNode: Equatable {
    package static func == (left: FormNode, right: FormNode) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.map(let a), .map(let b)): a.elementsEqual(b) { $0.0 == $1.0 && $0.1 == $1.1 }
        default: false
        }
    }
}

extension FormNode {
    /// Puts a value where the parts of its name say; `Form` bounds their number and with it this recursion.
    mutating func insert(_ value: String, at path: ArraySlice<String>) {
        guard let key = path.first else { return add(.text(value)) }
        let rest = path.dropFirst()
        if key.isEmpty { appendElement(value, at: rest) } else { insertMember(value, key, at: rest) }
    }

    private mutating func add(_ node: FormNode) {
        switch self {
        case .text: self = .list([self, node])
        case .list(var nodes):
            self = .list([])  // Leaves `nodes` the only reference, so that appending does not copy.
            nodes.append(node)
            self = .list(nodes)
        case .map: break
        }
    }

    private mutating func appendElement(_ value: String, at rest: ArraySlice<String>) {
        if case .text = self { self = .list([self]) }
        guard case .list(var nodes) = self else { return }
        self = .list([])
        if rest.isEmpty {
            nodes.append(.text(value))
        } else if let last = nodes.indices.last, case .map = nodes[last], !nodes[last].holds(rest) {
            nodes[last].insert(value, at: rest)
        } else {
            nodes.append(FormNode.made(value, at: rest))
        }
        self = .list(nodes)
    }

    private mutating func insertMember(_ value: String, _ key: String, at rest: ArraySlice<String>) {
        guard case .map(var members) = self else { return }
        self = .map([])
        if let index = members.firstIndex(where: { $0.0 == key }) {
            members[index].1.insert(value, at: rest)
        } else {
            members.append((key, FormNode.made(value, at: rest)))
        }
        self = .map(members)
    }

    private static func made(_ value: String, at path: ArraySlice<String>) -> FormNode {
        guard let key = path.first else { return .text(value) }
        var node: FormNode = key.isEmpty ? .list([]) : .map([])
        node.insert(value, at: path)
        return node
    }

    /// Whether an element of a list has this member already, so that the next pair begins a new element. A
    /// list inside it may always grow.
    private func holds(_ path: ArraySlice<String>) -> Bool {
        var node = self
        for key in path {
            guard let member = node[key] else { return false }
            node = member
        }
        return true
    }
}
