/// A day of the Gregorian calendar, and its distance from 1970-01-01 without a library.
///
/// The year is counted from March, so that the leap day is its last and months follow one linear rule.
struct CivilDate: Equatable {
    var year: Int
    /// 1 to 12.
    var month: Int
    /// 1 to 31.
    var day: Int

    private static let daysInEra = 146_097  // 400 years

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day this many days after 1970-01-01.
    init(daysSinceEpoch: Int) {
        // 719 468 days lie between 0000-03-01 and 1970-01-01.
        let days = daysSinceEpoch + 719_468
        let era = (days >= 0 ? days : days - (CivilDate.daysInEra - 1)) / CivilDate.daysInEra
        let dayOfEra = days - era * CivilDate.daysInEra
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days after 1970-01-01. Only for years of at most four digits.
    var daysSinceEpoch: Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * CivilDate.daysInEra + dayOfEra - 719_468
    }

    /// Whether the calendar has such a day.
    var exists: Bool {
        guard 0...9_999 ~= year, 1...12 ~= month, day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let longest = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= longest[month - 1]
    }
}

/// Digits of a date or time with a fixed number of places.
func appendDigits(_ value: Int, places: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<places { divisor *= 10 }
    var rest = value
    while divisor > 0 {
        bytes.append(UInt8(truncatingIfNeeded: rest / divisor % 10 + 48))
        rest %= divisor
        divisor /= 10
    }
}
