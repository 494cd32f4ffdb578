/// Lengths of time as documents write them: `PT1M30.5S`, <https://www.w3.org/TR/xmlschema11-2/#duration>.
enum ISODuration {
    /// Longest that is believed: a day.
    private static let longest = 86_400.0

    /// Nil for what is malformed, negative, longer than a day, or counted in months.
    static func seconds(_ text: String) -> Double? {
        guard text.utf8.count <= 32, text.hasPrefix("P") else { return nil }
        var sum = 0.0
        var digits = ""
        var isTime = false
        var hasPart = false
        for character in text.dropFirst() {
            switch character {
            case "T" where !isTime && digits.isEmpty: isTime = true
            case "0"..."9", ".": digits.append(character)
            default:
                guard let unit = unit(character, isTime: isTime), let number = Double(digits) else {
                    return nil
                }
                sum += number * unit
                digits = ""
                hasPart = true
            }
        }
        return hasPart && digits.isEmpty && sum.isFinite && sum <= longest ? sum : nil
    }

    private static func unit(_ name: Character, isTime: Bool) -> Double? {
        switch (name, isTime) {
        case ("D", false): 86_400
        case ("H", true): 3_600
        case ("M", true): 60
        case ("S", true): 1
        default: nil
        }
    }
}
