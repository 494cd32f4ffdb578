import Federation

/// Pictures drawn by arithmetic: a face for those without one, a plain banner, and the server's own sign.
enum Pictures {
    private static let sea = Colour(red: 0x2F, green: 0x6D, blue: 0x8F)
    private static let sand = Colour(red: 0xF2, green: 0xE8, blue: 0xD5)
    private static let mist = Colour(red: 0xB8, green: 0xC4, blue: 0xCC)
    private static let white = Colour(red: 0xFF, green: 0xFF, blue: 0xFF)

    /// Head and shoulders, 400 pixels square as Mastodon's avatars are at most.
    static let avatar = PublicDocument(
        TwoColourPNG(width: 400, height: 400, paper: mist, ink: white).encode { x, y in
            inDisc(x, y, centre: (200, 155), radius: 75) || inDisc(x, y, centre: (200, 400), radius: 150)
        })

    static let header = PublicDocument(
        TwoColourPNG(width: 600, height: 200, paper: mist, ink: mist).encode { _, _ in false })

    /// A triangle that lies on its side: a film without a picture of its own.
    static let video = PublicDocument(
        TwoColourPNG(width: 640, height: 360, paper: mist, ink: white).encode { x, y in
            x >= 260 && abs(y - 180) * 2 <= 420 - x
        })

    static let icon = sign(size: 192)
    static let favicon = sign(size: 32)

    /// A small hill of sand out of the sea.
    private static func sign(size: Int) -> PublicDocument {
        PublicDocument(
            TwoColourPNG(width: size, height: size, paper: sea, ink: sand).encode { x, y in
                let isAbove = y < size * 11 / 16
                return isAbove && inDisc(x, y, centre: (size / 2, size * 13 / 16), radius: size * 3 / 8)
            })
    }

    private static func inDisc(_ x: Int, _ y: Int, centre: (x: Int, y: Int), radius: Int) -> Bool {
        let across = x - centre.x
        let down = y - centre.y
        return across * across + down * down <= radius * radius
    }
}
