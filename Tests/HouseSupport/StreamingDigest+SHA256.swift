import Crypto
package import Media

extension StreamingDigest {
    package static func sha256() -> StreamingDigest {
        let running = Running()
        return StreamingDigest(
            update: { running.digest.update($0) }, finish: { Hex.encode(running.digest.finish()) })
    }

    private final class Running {
        var digest = RunningDigest()
    }
}
