extension Hashtags {
    /// The name under which a hashtag is stored: small letters, and the wide forms of ASCII that East Asian keyboards
    /// write as their common ones. Without `#`.
    ///
    /// Mastodon also composes and folds letters with accents (NFKC and then ASCII where there is one).
    package static func normalized(_ name: some StringProtocol) -> String {
        guard name.utf8.contains(where: { $0 >= 0x80 }) else { return name.lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isWide = 0xFF01...0xFF5E ~= scalar.value
            folded.append(isWide ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar)
        }
        return String(folded).lowercased()
    }
}
