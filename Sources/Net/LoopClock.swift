package import Basics

extension Clock {
    /// The machine's clock with alarms of the event loop.
    package static let loop = Clock { duration, fire in
        let moment = MonotonicTime.after(duration)
        let alarm = LoopAlarm(Alarm(at: moment, fire: fire))
        Reactor.spawn { alarm.set() }
        return { Reactor.spawn { alarm.cancel() } }
    }
}

/// An alarm that is set and called off from anywhere.
///
/// `@unchecked Sendable`: the alarm is only touched on the loop.
private final class LoopAlarm: @unchecked Sendable {
    private let alarm: Alarm
    private var isCancelled = false

    init(_ alarm: Alarm) {
        self.alarm = alarm
    }

    @Loop func set() {
        if !isCancelled { Reactor.shared.timers.set(alarm, at: alarm.moment) }
    }

    @Loop func cancel() {
        isCancelled = true
        Reactor.shared.timers.cancel(alarm)
    }
}
