import Crypto
package import Media

extension StreamingDigest {
    /// SHA-256 for `Uploads`, which is a floor below all cryptography.
    package static func sha256() -> StreamingDigest {
        let running = Running()
        return StreamingDigest(
            update: { running.digest.update($0) }, finish: { Hex.encode(running.digest.finish()) })
    }

    /// The digest cannot be copied, so the two closures share it here.
    private final class Running {
        var digest = RunningDigest()
    }
}
