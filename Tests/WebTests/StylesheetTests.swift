import Foundation
import Testing

@testable import Web

struct StylesheetTests {
    @Test(arguments: [
        ("a { color: red; margin: 0 1rem }", "a{color:red;margin:0 1rem}"),
        ("a b,\n  a :is(i, u) { x: y }\n", "a b,a :is(i,u){x:y}"),
        ("@media (min-width: 40rem) {\n  a { x: y }\n}\n", "@media (min-width:40rem){a{x:y}}"),
        ("", ""),
    ])
    func `blanks that say nothing are left out`(written: String, sent: String) {
        #expect(Stylesheet.shortened(written) == sent)
    }

    @Test func `the style is small, loads nothing and is whole`() {
        let style = Stylesheet.text
        #expect(style.utf8.count < 16_000)
        for word in ["url(", "@import", "expression", "http", "</"] { #expect(!style.contains(word)) }
        #expect(style.count { $0 == "{" } == style.count { $0 == "}" })
        #expect(style.count { $0 == "(" } == style.count { $0 == ")" })
    }

    /// Left and right are the reader's: one style for scripts of both directions.
    @Test func `no rule knows left from right`() throws {
        let physical =
            #"(margin|padding|border|inset)-(left|right)|[{;](left|right):|:(left|right)[;}]|float:"#
        #expect(Stylesheet.text.range(of: physical, options: .regularExpression) == nil)
    }

    @Test(arguments: [
        ("ink", "paper", 7.0), ("ink", "card", 7.0), ("ink", "tint", 7.0), ("dim", "paper", 4.5),
        ("dim", "card", 4.5),
        ("dim", "tint", 4.5), ("accent", "paper", 4.5), ("accent", "card", 4.5), ("accent", "tint", 4.5),
        ("on-accent", "accent", 4.5), ("danger", "card", 4.5), ("danger", "paper", 4.5),
        ("on-danger", "danger", 4.5),
        ("good", "card", 4.5), ("edge", "paper", 3.0), ("edge", "card", 3.0),
    ])
    func `what is read stands out in both schemes`(front: String, back: String, least: Double) throws {
        for scheme in [0, 1] {
            let one = try luminance(of: front, scheme)
            let other = try luminance(of: back, scheme)
            let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
            #expect(contrast >= least, "\(front) on \(back), scheme \(scheme): \(contrast)")
        }
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    private func luminance(of name: String, _ scheme: Int) throws -> Double {
        let parts = Stylesheet.text.components(separatedBy: "--\(name):#")
        try #require(parts.count == 3, "\(name) is said once for each scheme")
        let digits = parts[scheme + 1].prefix { $0.isHexDigit }
        let full = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
        let value = try #require(Int(full, radix: 16))
        let channels = [value >> 16, value >> 8 & 0xFF, value & 0xFF].map { channel -> Double in
            let share = Double(channel) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
}
