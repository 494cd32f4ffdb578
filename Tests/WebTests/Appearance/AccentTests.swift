import Testing

@testable import Web

@Suite struct AccentTests {
    /// Some four thousand colours from all over.
    private static let colours: [Colour] = {
        let parts = stride(from: 0, through: 255, by: 17).map { UInt8($0) }
        return parts.flatMap { red in
            parts.flatMap { green in parts.map { Colour(red: red, green: green, blue: $0) } }
        }
    }()

    @Test func `every colour gives text that is legible in both schemes`() {
        for colour in AccentTests.colours {
            let accent = Accent(colour: colour)
            #expect(accent.onLight.contrast(with: Accent.lightPaper) >= Accent.readable, "\(colour.hex)")
            #expect(accent.onLight.contrast(with: .white) >= Accent.readable, "\(colour.hex)")
            #expect(accent.onDark.contrast(with: Accent.darkPaper) >= Accent.readable, "\(colour.hex)")
            #expect(accent.onDark.contrast(with: .black) >= Accent.readable, "\(colour.hex)")
            for shade in [accent.onLight, accent.onDark, colour] {
                #expect(Accent.ink(on: shade).contrast(with: shade) >= Accent.readable, "\(colour.hex)")
            }
        }
    }

    @Test func `a colour that is legible stays as it is`() {
        let accent = Accent(colour: Colour(red: 0x17, green: 0x5A, blue: 0x86))
        #expect(accent.onLight.hex == "#175a86")
        #expect(accent.colour.hex == "#175a86")
    }

    @Test func `the style sheet says it as custom properties`() {
        let accent = Accent(colour: Colour(red: 0, green: 0, blue: 0))
        #expect(
            accent.css == """
                :root { --accent: #000000; --on-accent: #ffffff }
                @media (prefers-color-scheme: dark) { :root { --accent: \(accent.onDark.hex); --on-accent: #000000 } }

                """)
    }
}
