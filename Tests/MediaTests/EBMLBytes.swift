/// WebM written down element by element. RFC 8794.
enum EBMLBytes {
    static func element(_ id: Int, _ content: [UInt8]...) -> [UInt8] {
        let body = content.flatMap { $0 }
        return number(id) + EditedBytes.big(body.count | 0x4000, 2) + body
    }

    /// One whose size is not known.
    static func open(_ id: Int, _ content: [UInt8]...) -> [UInt8] {
        number(id) + [0x01] + [UInt8](repeating: 0xFF, count: 7) + content.flatMap { $0 }
    }

    static func number(_ value: Int) -> [UInt8] {
        Array(EditedBytes.big(value, 8).drop { $0 == 0 })
    }

    static func text(_ id: Int, _ text: String) -> [UInt8] { element(id, Array(text.utf8)) }

    static func header(_ type: String = "webm") -> [UInt8] {
        element(0x1A45_DFA3, element(0x4286, [1]), text(0x4282, type), element(0x4287, [4]))
    }

    static func info(_ secret: String, seconds: Float = 2.5) -> [UInt8] {
        element(
            0x1549_A966, element(0xBF, Array("CRC4".utf8)), element(0x2A_D7B1, [0x0F, 0x42, 0x40]),
            element(0x4489, EditedBytes.big(Int((seconds * 1_000).bitPattern), 4)), text(0x4461, secret),
            text(0x7BA9, secret), text(0x4D80, secret), text(0x5741, secret), text(0x73A4, secret))
    }

    static func tracks(_ secret: String, type: UInt8 = 1, video: [UInt8] = []) -> [UInt8] {
        element(
            0x1654_AE6B,
            element(
                0xAE, element(0xD7, [1]), element(0x83, [type]), text(0x536E, secret), text(0x86, "V_VP9"),
                text(0x25_8688, secret),
                element(0xE0, element(0xB0, [0x02, 0x80]), element(0xBA, [0x01, 0x68]), video)))
    }

    static func seek(_ id: Int) -> [UInt8] {
        element(0x4DBB, element(0x53AB, number(id)), element(0x53AC, [1, 2]))
    }

    static let blocks = element(0xE7, [0]) + text(0xA3, "BLOCKA") + element(0xA0, text(0xA1, "BLOCKB"))
}
