/// A digest of what comes in pieces, lent by whoever knows how to make one: this floor has no cryptography.
package struct StreamingDigest {
    package let update: (ArraySlice<UInt8>) -> Void
    /// The digest as lower-case hexadecimal digits.
    package let finish: () -> String

    package init(update: @escaping (ArraySlice<UInt8>) -> Void, finish: @escaping () -> String) {
        self.update = update
        self.finish = finish
    }
}
