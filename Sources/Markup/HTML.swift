/// Markup that is safe to show, because every text that got into it was escaped on the way.
///
/// ```swift
/// let greeting: HTML = "<p title=\"\(title)\">\(name), you have \(count) new posts.</p>"
/// ```
/// What stands in the source is markup; interpolated strings and numbers are escaped, so that they are also
/// safe between the quotes of an attribute; interpolated `HTML` is not escaped again. A URL from a stranger
/// needs its scheme checked before it becomes an `href`: escaping does not make `javascript:` harmless.
package struct HTML: ExpressibleByStringInterpolation, Sendable, Equatable {
    /// The markup.
    package private(set) var text: String

    /// The markup as UTF-8.
    package var bytes: [UInt8] { Array(text.utf8) }

    /// Whether there is nothing at all.
    package var isEmpty: Bool { text.isEmpty }

    private init(markup: String) {
        text = markup
    }

    /// No markup.
    package init() {
        text = ""
    }

    /// A piece of source text. Only literals are static strings, so no variable gets in here.
    package init(stringLiteral value: StaticString) {
        text = value.description
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.markup
    }

    /// The text, so written that a browser shows exactly it.
    package init(escaping text: String) {
        var markup = ""
        HTML.escape(text, into: &markup)
        self.text = markup
    }

    /// Markup that is known to be safe: the one door past escaping.
    ///
    /// Only for what this module made earlier and the database kept, and for files compiled into the program.
    /// What comes from outside goes through `Sanitizer`, what is plain text through `init(escaping:)`.
    package static func trusted(_ text: String) -> HTML {
        HTML(markup: text)
    }

    package static func + (one: HTML, other: HTML) -> HTML {
        HTML(markup: one.text + other.text)
    }

    package static func += (one: inout HTML, other: HTML) {
        one.text += other.text
    }

    /// Appends the text escaped: `& < > " '` become character references.
    fileprivate static func escape(_ text: String, into markup: inout String) {
        var text = text
        let needsEscaping = text.withUTF8 { bytes in
            bytes.contains { reference(for: $0) != nil }
        }
        guard needsEscaping else {
            markup += text
            return
        }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let reference = reference(for: byte) {
                reference.withUTF8Buffer { escaped.append(contentsOf: $0) }
            } else {
                escaped.append(byte)
            }
        }
        markup += String(decoding: escaped, as: UTF8.self)
    }

    private static func reference(for byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}

extension HTML {
    /// Collects the pieces of an interpolated literal, escaping those that are not markup.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            markup += literal.description
        }

        package mutating func appendInterpolation(_ text: String) {
            HTML.escape(text, into: &markup)
        }

        package mutating func appendInterpolation(_ text: Substring) {
            HTML.escape(String(text), into: &markup)
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            markup += String(number)
        }

        package mutating func appendInterpolation(_ html: HTML) {
            markup += html.text
        }
    }
}

extension Sequence<HTML> {
    /// The pieces one after the other, with the separator between them.
    package func joined(separator: HTML = HTML()) -> HTML {
        HTML.trusted(map(\.text).joined(separator: separator.text))
    }
}
