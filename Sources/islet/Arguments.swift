/// The words after the name of a command.
struct Arguments {
    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []
    private(set) var rest: [String] = []

    /// - Parameters:
    ///   - options: names that take a value, without `--`.
    ///   - flags: names that do not.
    init(_ words: ArraySlice<String>, options: Set<String>, flags: Set<String> = []) throws {
        var words = words
        while let word = words.popFirst() {
            guard word.hasPrefix("--") else {
                rest.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            if flags.contains(name), parts.count == 1 {
                self.flags.insert(name)
            } else if options.contains(name) {
                guard let value = parts.count == 2 ? String(parts[1]) : words.popFirst() else {
                    throw Failure(.usage, "--\(name) needs a value.")
                }
                values[name, default: []].append(value)
            } else {
                throw Failure(.usage, "There is no option \(word) here; see «islet help».")
            }
        }
    }

    subscript(name: String) -> String? { values[name]?.last }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    func required(_ name: String) throws -> String {
        guard let value = self[name], !value.isEmpty else {
            throw Failure(.usage, "--\(name) is needed; see «islet help».")
        }
        return value
    }

    func refuseRest() throws {
        if let first = rest.first {
            throw Failure(.usage, "«\(first)» is not understood here; see «islet help».")
        }
    }
}
