import Basics
import HTTP
import Markup

/// Moments as they are stored.
extension Moment {
    static func time(_ moment: Timestamp) -> HTML { time(ISO8601.seconds(moment.milliseconds)) }

    /// The day only.
    static func day(_ moment: Timestamp) -> HTML {
        let day = ISO8601.day(moment.milliseconds)
        return "<time datetime=\"\(day)\">\(day)</time>"
    }
}
