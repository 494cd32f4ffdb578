import Testing

@testable import Web

@Suite struct ColourTests {
    @Test(arguments: [
        ("#1a2b3c", "#1a2b3c"), ("1A2B3C", "#1a2b3c"), ("#abc", "#aabbcc"), ("000", "#000000"),
    ])
    func `a colour is read in each way of writing it`(text: String, hex: String) {
        #expect(Colour(hex: text)?.hex == hex)
    }

    @Test(arguments: [
        "", "#", "#12", "#12345", "#1234567", "##123456", "12#3456", "red", "#ggg", "#12345\u{e9}",
        "#123 456",
        "url(x)",
    ])
    func `what is no colour is none`(text: String) {
        #expect(Colour(hex: text) == nil)
    }

    @Test func `the contrast is that of the guidelines`() {
        #expect(abs(Colour.black.contrast(with: .white) - 21) < 0.001)
        #expect(Colour.white.contrast(with: .white) == 1)
        // <https://webaim.org/articles/contrast/>: the lightest grey that passes on white.
        let grey = Colour(red: 0x76, green: 0x76, blue: 0x76)
        #expect(abs(grey.contrast(with: .white) - 4.54) < 0.005)
        let dark = Colour(red: 1, green: 2, blue: 3)
        #expect(abs(dark.contrast(with: .black) - 1.011) < 0.002)
    }

    @Test func `mixing goes from one colour to the other and not beyond`() {
        let blue = Colour(red: 0, green: 0, blue: 200)
        #expect(blue.mixed(with: .white, share: 0).hex == blue.hex)
        #expect(blue.mixed(with: .white, share: 2).hex == "#ffffff")
        #expect(blue.mixed(with: .black, share: 0.5).hex == "#000064")
    }
}
