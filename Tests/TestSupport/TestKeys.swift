package import Crypto

/// Keys for everybody in the tests, made once for the process because that takes long.
package enum TestKeys {
    /// The key of every owner and of every stranger, unless a test is about keys.
    package static let common = generate()
    /// The key with which every instance actor asks.
    package static let instance = generate()
    /// A key that nobody publishes, unless a test does.
    package static let other = generate()

    /// Of the key with which every owner proves what they wrote.
    package static let proofSeed = String(repeating: "5a", count: 32)

    private static func generate() -> RSAPrivateKey {
        do {
            return try RSAPrivateKey.generate()
        } catch {
            preconditionFailure("a key cannot be made: \(error)")
        }
    }
}
