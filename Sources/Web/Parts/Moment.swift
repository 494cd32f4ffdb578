import Markup

/// A moment as the API gives it (ISO 8601), written for people and for machines.
enum Moment {
    static func published(_ moment: String) -> HTML {
        "<time class=\"dt-published\" datetime=\"\(seconds(moment))\">\(minutes(moment))</time>"
    }

    static func updated(_ moment: String) -> HTML {
        "<time class=\"dt-updated\" datetime=\"\(seconds(moment))\">\(minutes(moment))</time>"
    }

    static func time(_ moment: String) -> HTML {
        "<time datetime=\"\(seconds(moment))\">\(minutes(moment))</time>"
    }

    /// Without an attribute, where bytes count: the text itself is what machines read.
    static func short(_ moment: String) -> HTML {
        "<time>\(moment.prefix(10)) \(moment.dropFirst(11).prefix(5))Z</time>"
    }

    /// `2026-01-31T12:34:56Z`: the thousandths are no use to readers.
    static func seconds(_ moment: String) -> String {
        moment.contains(".") ? moment.prefix { $0 != "." } + "Z" : moment
    }

    /// `2026-01-31 12:34 UTC`.
    private static func minutes(_ moment: String) -> String {
        moment.prefix(10) + " " + moment.dropFirst(11).prefix(5) + " UTC"
    }
}
