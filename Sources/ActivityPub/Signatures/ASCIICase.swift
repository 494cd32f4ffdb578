extension Sequence<UInt8> {
    /// With `A` to `Z` made lower, and every other byte as it is.
    func lowercasedASCII() -> [UInt8] {
        map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
    }
}
