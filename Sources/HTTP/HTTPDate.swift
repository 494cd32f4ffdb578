/// The dates of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110 section 5.6.7.
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].map { Array($0.utf8) }
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }

    /// The IMF-fixdate of a moment in seconds since 1970; moments outside the years 0 to 9999 are moved to
    /// its ends.
    package static func format(_ seconds: Int64) -> String {
        // -62 167 219 200 is 0000-01-01T00:00:00Z, 253 402 300 799 is 9999-12-31T23:59:59Z.
        let moment = Int(min(max(seconds, -62_167_219_200), 253_402_300_799))
        let day = (moment >= 0 ? moment : moment - 86_399) / 86_400
        let second = moment - day * 86_400
        let date = CivilDate(daysSinceEpoch: day)

        var text: [UInt8] = []
        text.reserveCapacity(29)
        text += days[((day + 4) % 7 + 7) % 7]  // 1970-01-01 was a Thursday.
        text += [ASCII.comma, ASCII.space]
        appendDigits(date.day, places: 2, to: &text)
        text.append(ASCII.space)
        text += months[date.month - 1]
        text.append(ASCII.space)
        appendDigits(date.year, places: 4, to: &text)
        text.append(ASCII.space)
        appendDigits(second / 3_600, places: 2, to: &text)
        text.append(ASCII.colon)
        appendDigits(second / 60 % 60, places: 2, to: &text)
        text.append(ASCII.colon)
        appendDigits(second % 60, places: 2, to: &text)
        text += " GMT".utf8
        return String(decoding: text, as: UTF8.self)
    }

    /// Seconds since 1970, from the fixed form or either of the two obsolete ones; nil if it is none of them.
    ///
    /// The name of the day is not looked at. A leap second counts as the one after.
    package static func parse(_ text: String) -> Int64? {
        guard text.utf8.count <= 40 else { return nil }
        let words = Array(text.utf8).split { byte in
            byte == ASCII.space || byte == ASCII.comma || byte == UInt8(ascii: "-")
        }
        return switch words.count {
        case 6: fixdate(words)
        case 5: asctime(words)
        default: nil
        }
    }

    /// `Sun 06 Nov 1994 08:49:37 GMT` and, with a longer day and a shorter year, RFC 850's form.
    private static func fixdate(_ words: [ArraySlice<UInt8>]) -> Int64? {
        guard words[5].elementsEqual("GMT".utf8) || words[5].elementsEqual("UTC".utf8),
            let day = ASCII.decimal(words[1]), var year = ASCII.decimal(words[3])
        else { return nil }
        // Two digits: this century's until 69, as POSIX reads them.
        if words[3].count == 2 {
            year += year < 70 ? 2_000 : 1_900
        } else if words[3].count != 4 {
            return nil
        }
        return moment(year, words[2], day, words[4])
    }

    /// `Sun Nov  6 08:49:37 1994`.
    private static func asctime(_ words: [ArraySlice<UInt8>]) -> Int64? {
        guard words[4].count == 4, let day = ASCII.decimal(words[2]), let year = ASCII.decimal(words[4])
        else {
            return nil
        }
        return moment(year, words[1], day, words[3])
    }

    private static func moment(
        _ year: Int, _ month: ArraySlice<UInt8>, _ day: Int, _ clock: ArraySlice<UInt8>
    ) -> Int64? {
        guard let month = months.firstIndex(where: { $0.elementsEqual(month) }) else { return nil }
        let date = CivilDate(year: year, month: month + 1, day: day)
        let parts = clock.split(separator: ASCII.colon, omittingEmptySubsequences: false)
        guard date.exists, parts.count == 3, parts.allSatisfy({ $0.count == 2 }),
            let hour = ASCII.decimal(parts[0]), let minute = ASCII.decimal(parts[1]),
            let second = ASCII.decimal(parts[2]), hour < 24, minute < 60, second <= 60
        else { return nil }
        return Int64(date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second)
    }
}
