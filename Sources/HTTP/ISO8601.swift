/// Moments as `2025-01-31T12:34:56.789Z`: RFC 3339, read more generously than written.
///
/// A moment is an `Int64` of milliseconds since 1970 in UTC everywhere.
package enum ISO8601 {
    /// `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    package static func milliseconds(_ moment: Int64) -> String {
        format(moment, digits: 3)
    }

    /// `YYYY-MM-DDTHH:MM:SSZ`, the fraction cut off.
    package static func seconds(_ moment: Int64) -> String {
        format(moment, digits: 0)
    }

    /// `YYYY-MM-DD`.
    package static func day(_ moment: Int64) -> String {
        String(decoding: format(moment, digits: 0).utf8.prefix(10), as: UTF8.self)
    }

    private static func format(_ moment: Int64, digits: Int) -> String {
        // The years 0 to 9999; what lies outside is moved to the ends, so that the form always holds.
        let clamped = Int(min(max(moment, -62_167_219_200_000), 253_402_300_799_999))
        let day = (clamped >= 0 ? clamped : clamped - 86_399_999) / 86_400_000
        let ofDay = clamped - day * 86_400_000
        let date = CivilDate(daysSinceEpoch: day)

        var text: [UInt8] = []
        text.reserveCapacity(24)
        appendDigits(date.year, places: 4, to: &text)
        text.append(UInt8(ascii: "-"))
        appendDigits(date.month, places: 2, to: &text)
        text.append(UInt8(ascii: "-"))
        appendDigits(date.day, places: 2, to: &text)
        text.append(UInt8(ascii: "T"))
        appendDigits(ofDay / 3_600_000, places: 2, to: &text)
        text.append(ASCII.colon)
        appendDigits(ofDay / 60_000 % 60, places: 2, to: &text)
        text.append(ASCII.colon)
        appendDigits(ofDay / 1_000 % 60, places: 2, to: &text)
        if digits > 0 {
            text.append(UInt8(ascii: "."))
            appendDigits(ofDay % 1_000, places: digits, to: &text)
        }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// Milliseconds since 1970; nil if the text is no date, or its year is beyond 9999.
    ///
    /// Takes a date alone, seconds left out, fractions of any length (cut to milliseconds), `Z`, offsets with
    /// or without colon, no offset at all (UTC), and a space or small `t` in the middle: all seen from other
    /// servers.
    package static func parse(_ text: String) -> Int64? {
        guard text.utf8.count <= 64 else { return nil }
        var rest = Array(text.utf8)[...]
        guard let year = number(&rest, places: 4), skip(&rest, "-"), let month = number(&rest, places: 2),
            skip(&rest, "-"), let day = number(&rest, places: 2)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.exists else { return nil }
        var moment = date.daysSinceEpoch * 86_400_000
        if rest.isEmpty { return Int64(moment) }

        guard skip(&rest, "T") || skip(&rest, "t") || skip(&rest, " "), let time = timeOfDay(&rest),
            let offset = offsetMinutes(&rest), rest.isEmpty
        else { return nil }
        moment += time - offset * 60_000
        return Int64(moment)
    }

    /// Milliseconds after midnight. Midnight may be called 24:00, and a leap second counts as the one after.
    private static func timeOfDay(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let hour = number(&rest, places: 2), skip(&rest, ":"), let minute = number(&rest, places: 2),
            minute < 60
        else { return nil }
        var second = 0
        var fraction = 0
        if skip(&rest, ":") {
            guard let seconds = number(&rest, places: 2), seconds <= 60 else { return nil }
            second = seconds
            if skip(&rest, ".") || skip(&rest, ",") {
                let digits = rest.prefix(while: ASCII.isDigit)
                guard !digits.isEmpty else { return nil }
                rest = rest.dropFirst(digits.count)
                var places = 100
                for digit in digits.prefix(3) {
                    fraction += Int(digit &- 48) * places
                    places /= 10
                }
            }
        }
        let total = hour * 3_600_000 + minute * 60_000 + second * 1_000 + fraction
        return hour < 24 || total == 86_400_000 ? total : nil
    }

    private static func offsetMinutes(_ rest: inout ArraySlice<UInt8>) -> Int? {
        if rest.isEmpty || skip(&rest, "Z") || skip(&rest, "z") { return 0 }
        let isBehind = skip(&rest, "-")
        guard isBehind || skip(&rest, "+"), let hours = number(&rest, places: 2), hours < 24 else {
            return nil
        }
        var minutes = 0
        if !rest.isEmpty {
            _ = skip(&rest, ":")
            guard let value = number(&rest, places: 2), value < 60 else { return nil }
            minutes = value
        }
        return (hours * 60 + minutes) * (isBehind ? -1 : 1)
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, places: Int) -> Int? {
        let digits = rest.prefix(places)
        guard digits.count == places, let value = ASCII.decimal(digits) else { return nil }
        rest = rest.dropFirst(places)
        return value
    }

    private static func skip(_ rest: inout ArraySlice<UInt8>, _ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
