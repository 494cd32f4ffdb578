/// Members, written inside an object: `field` with a key and a value. `nil` becomes `null`.
extension JSONWriter {
    package mutating func field(_ key: String, _ value: String) {
        name(key)
        element(value)
    }

    package mutating func field(_ key: String, _ value: String?) {
        name(key)
        element(value)
    }

    package mutating func field(_ key: String, _ value: Int) {
        name(key)
        element(value)
    }

    package mutating func field(_ key: String, _ value: Int?) {
        name(key)
        if let value { element(value) } else { null() }
    }

    package mutating func field(_ key: String, _ value: Int64) {
        name(key)
        element(value)
    }

    package mutating func field(_ key: String, _ value: Int64?) {
        name(key)
        if let value { element(value) } else { null() }
    }

    package mutating func field(_ key: String, _ value: Bool) {
        name(key)
        element(value)
    }

    package mutating func field(_ key: String, _ value: Bool?) {
        name(key)
        if let value { element(value) } else { null() }
    }

    package mutating func field(_ key: String, _ value: Double) {
        name(key)
        element(value)
    }

    package mutating func field(_ key: String, _ value: Double?) {
        name(key)
        if let value { element(value) } else { null() }
    }

    package mutating func field(_ key: String, _ values: [String]) {
        array(key) { writer in
            for value in values { writer.element(value) }
        }
    }

    /// Writes a member whose value is `null`.
    package mutating func null(_ key: String) {
        name(key)
        null()
    }
}

/// Values without a key: elements of an array, or the whole document.
extension JSONWriter {
    package mutating func element(_ value: String) {
        separate()
        appendQuoted(value)
    }

    package mutating func element(_ value: String?) {
        if let value { element(value) } else { null() }
    }

    package mutating func element(_ value: Int) {
        separate()
        appendNumber(Int64(value))
    }

    package mutating func element(_ value: Int64) {
        separate()
        appendNumber(value)
    }

    package mutating func element(_ value: Bool) {
        separate()
        appendLiteral(value ? "true" : "false")
    }

    /// Infinities and NaN, which JSON cannot write, become `null`.
    package mutating func element(_ value: Double) {
        separate()
        appendNumber(value)
    }

    /// Writes `null` as an element.
    package mutating func null() {
        separate()
        appendLiteral("null")
    }
}
