/// The time of day and an alarm, handed in by whoever owns the event loop, so that tests need neither.
package struct Clock: Sendable {
    /// Cancels an alarm; harmless after it rang.
    package typealias Cancel = @Sendable () -> Void

    package let now: @Sendable () -> Timestamp
    /// Calls back once after the duration, on the loop, unless cancelled before.
    package let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Cancel

    package init(
        now: @escaping @Sendable () -> Timestamp = Timestamp.current,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Cancel
    ) {
        self.now = now
        self.after = after
    }
}
