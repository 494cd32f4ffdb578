/// A file that stays open, and so can be sent, for as long as somebody holds this, whatever becomes of its name.
package final class OpenFile: Sendable {
    package let descriptor: Int32
    private let close: @Sendable (Int32) -> Void

    /// - Parameters:
    ///   - descriptor: of a regular file open for reading, from now on this one's.
    ///   - close: closes it, when nobody needs it any more.
    package init(_ descriptor: Int32, close: @escaping @Sendable (Int32) -> Void) {
        self.descriptor = descriptor
        self.close = close
    }

    deinit {
        close(descriptor)
    }
}
