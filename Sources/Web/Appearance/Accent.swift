/// The owner's colour, and the shades of it that can be read on the pages, light and dark.
struct Accent: Sendable {
    /// Text needs this contrast (WCAG 2.2, 1.4.3).
    static let readable = 4.5
    /// The darkest paper of the light scheme and the lightest of the dark one that text stands on; `Stylesheet` keeps
    /// within them.
    static let lightPaper = Colour(red: 0xEC, green: 0xE9, blue: 0xE1)
    static let darkPaper = Colour(red: 0x2A, green: 0x32, blue: 0x38)

    /// As chosen.
    let colour: Colour

    /// For text, lines and buttons on light paper: the colour, made darker as far as needed.
    var onLight: Colour { shade(towards: .black, on: Accent.lightPaper) }
    /// For text, lines and buttons on dark paper: the colour, made lighter as far as needed.
    var onDark: Colour { shade(towards: .white, on: Accent.darkPaper) }

    /// The custom properties that `Stylesheet` and an owner's own styles use.
    var css: String {
        """
        :root { --accent: \(onLight.hex); --on-accent: \(Accent.ink(on: onLight).hex) }
        @media (prefers-color-scheme: dark) { :root { --accent: \(onDark.hex); --on-accent: \(Accent.ink(on: onDark).hex) } }

        """
    }

    /// What is written on a button of this colour: black or white always has a contrast of 4.58 or more.
    static func ink(on colour: Colour) -> Colour {
        colour.contrast(with: .white) >= readable ? .white : .black
    }

    private func shade(towards end: Colour, on paper: Colour) -> Colour {
        let steps = 64
        for step in 0..<steps {
            let shade = colour.mixed(with: end, share: Double(step) / Double(steps))
            if shade.contrast(with: paper) >= Accent.readable { return shade }
        }
        return end
    }
}
