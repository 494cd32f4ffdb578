import JSON

extension JSONValue {
    /// Every member of the objects in this document, however deep, with its name.
    var everything: [(name: String, value: JSONValue)] {
        switch kind {
        case .array: elements.flatMap(\.everything)
        case .object: members.flatMap { [(name: $0.key, value: $0.value)] + $0.value.everything }
        default: []
        }
    }

    /// This value and all within it that are objects.
    var objects: [JSONValue] {
        switch kind {
        case .array: elements.flatMap(\.objects)
        case .object: [self] + members.flatMap { $0.value.objects }
        default: []
        }
    }
}
