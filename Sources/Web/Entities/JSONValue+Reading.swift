import JSON

/// Members of our own entities, whose shapes are known; what is missing is empty.
extension JSONValue {
    func text(_ key: String) -> String { self[key]?.string ?? "" }
    func flag(_ key: String) -> Bool { self[key]?.bool ?? false }
    func number(_ key: String) -> Int { self[key]?.int ?? 0 }
    func list(_ key: String) -> [JSONValue] { self[key]?.elements ?? [] }

    /// The member, unless it is missing or `null`.
    func present(_ key: String) -> JSONValue? {
        self[key].flatMap { $0.isNull ? nil : $0 }
    }
}
