/// How much of a stranger's document is read before it is refused.
///
/// What a parsed document occupies is `bytes` plus 16 bytes for each of `nodes`.
package struct JSONLimits: Sendable, Equatable {
    /// Deepest nesting of arrays and objects; the outermost counts as one.
    package var depth = 32
    /// Longest text, in bytes. Mastodon neither sends nor accepts more than 1 MB (its inbox answers 413).
    package var bytes = 1 << 20
    /// Most values in one document, keys of objects included.
    package var nodes = 65_536
    /// Longest string or key, in bytes as written between the quotes.
    package var stringBytes = 256 << 10
    /// Most elements of one array.
    package var arrayElements = 10_000

    /// The limits for what other servers send.
    package static let standard = JSONLimits()

    package init() {}

    package init(depth: Int, bytes: Int, nodes: Int, stringBytes: Int, arrayElements: Int) {
        self.depth = depth
        self.bytes = bytes
        self.nodes = nodes
        self.stringBytes = stringBytes
        self.arrayElements = arrayElements
    }
}
