/// SipHash-2-4 of Aumasson and Bernstein, <https://www.aumasson.jp/siphash/siphash.pdf>: a short hash that nobody can
/// find collisions for without knowing its key.
enum SipHash {
    struct Key: Sendable {
        let low: UInt64
        let high: UInt64
    }

    static func hash(_ bytes: some Sequence<UInt8>, key: Key) -> UInt64 {
        var state = State(key)
        var word: UInt64 = 0
        var length: UInt64 = 0
        for byte in bytes {
            word |= UInt64(byte) << (8 * (length & 7))
            length &+= 1
            guard length & 7 == 0 else { continue }
            state.absorb(word)
            word = 0
        }
        state.absorb(word | length << 56)
        return state.finish()
    }

    private struct State {
        private var v0: UInt64
        private var v1: UInt64
        private var v2: UInt64
        private var v3: UInt64

        init(_ key: Key) {
            v0 = key.low ^ 0x736f_6d65_7073_6575
            v1 = key.high ^ 0x646f_7261_6e64_6f6d
            v2 = key.low ^ 0x6c79_6765_6e65_7261
            v3 = key.high ^ 0x7465_6462_7974_6573
        }

        mutating func absorb(_ word: UInt64) {
            v3 ^= word
            for _ in 0..<2 { round() }
            v0 ^= word
        }

        mutating func finish() -> UInt64 {
            v2 ^= 0xff
            for _ in 0..<4 { round() }
            return v0 ^ v1 ^ v2 ^ v3
        }

        private mutating func round() {
            v0 &+= v1
            v1 = State.turn(v1, 13) ^ v0
            v0 = State.turn(v0, 32)
            v2 &+= v3
            v3 = State.turn(v3, 16) ^ v2
            v0 &+= v3
            v3 = State.turn(v3, 21) ^ v0
            v2 &+= v1
            v1 = State.turn(v1, 17) ^ v2
            v2 = State.turn(v2, 32)
        }

        private static func turn(_ word: UInt64, _ count: UInt64) -> UInt64 {
            word << count | word >> (64 - count)
        }
    }
}
