import CLinux
import Glibc

/// How waiting for a socket ended.
enum Readiness {
    case ready
    case timedOut
    /// Closed by us while somebody waited.
    case closed
}

/// A task that waits for one direction of a descriptor, and until when.
private struct Waiter {
    private var continuation: UnsafeContinuation<Readiness, Never>?
    private var deadline = MonotonicTime.distant

    /// When its time is up; never while nobody waits.
    var due: MonotonicTime { continuation == nil ? .distant : deadline }
    var isWaiting: Bool { continuation != nil }

    mutating func wait(_ continuation: UnsafeContinuation<Readiness, Never>, until deadline: MonotonicTime) {
        precondition(self.continuation == nil, "one task at a time waits for a direction of a descriptor")
        self.continuation = continuation
        self.deadline = deadline
    }

    mutating func wake(_ outcome: Readiness) {
        guard let continuation else { return }
        self.continuation = nil
        continuation.resume(returning: outcome)
    }
}

/// A non-blocking file descriptor on the loop, closed when it is let go.
///
/// Whoever reads or writes tries first and waits on EAGAIN; readiness that nobody waits for is remembered. One
/// task at a time may wait for each direction, each with its own deadline, and one more for the peer's end. An
/// alarm is set once and moved lazily: a deadline that moves on with each request costs nothing.
@Loop
final class Descriptor {
    /// Never negative; `isOpen` says whether it is still ours.
    nonisolated let fd: Int32
    private(set) var isOpen = true
    private var isReadable = false
    private var isWritable = false
    /// Whether the peer has closed its side or is gone.
    private(set) var isHungUp = false
    private var reader = Waiter()
    private var writer = Waiter()
    private var watcher = Waiter()
    private var alarm: Alarm?

    /// Takes over an open descriptor and makes it non-blocking.
    init?(_ fd: Int32) {
        self.fd = fd
        _ = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK)
        guard Reactor.shared.register(self) else {
            close()
            return nil
        }
    }

    isolated deinit {
        close()
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        if let alarm { Reactor.shared.timers.cancel(alarm) }
        alarm = nil
        Reactor.shared.unregister(self)
        Glibc.close(fd)
        reader.wake(.closed)
        writer.wake(.closed)
        watcher.wake(.closed)
    }

    /// Has the kernel take no more than about this many bytes that it has not sent yet, where it otherwise takes
    /// megabytes: so a slow peer shows soon, and costs little. tcp(7), TCP_NOTSENT_LOWAT; nothing for other sockets.
    func limitUnsent(to bytes: Int) {
        _ = islet_limit_unsent(fd, Int32(clamping: bytes))
    }

    nonisolated func becameReady(_ events: UInt32) {
        Loop.assumeIsolated { self.note(events) }
    }

    private func note(_ events: UInt32) {
        let broken = EPOLLERR.rawValue | EPOLLHUP.rawValue
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | broken) != 0 {
            if reader.isWaiting { reader.wake(.ready) } else { isReadable = true }
        }
        if events & (EPOLLOUT.rawValue | broken) != 0 {
            if writer.isWaiting { writer.wake(.ready) } else { isWritable = true }
        }
        if events & (EPOLLRDHUP.rawValue | broken) != 0 {
            isHungUp = true
            watcher.wake(.ready)
        }
    }

    func waitReadable(until deadline: MonotonicTime) async -> Readiness {
        guard isOpen else { return .closed }
        if isReadable {
            isReadable = false
            return .ready
        }
        return await withUnsafeContinuation {
            reader.wait($0, until: deadline)
            expect(deadline)
        }
    }

    func waitWritable(until deadline: MonotonicTime) async -> Readiness {
        guard isOpen else { return .closed }
        if isWritable {
            isWritable = false
            return .ready
        }
        return await withUnsafeContinuation {
            writer.wait($0, until: deadline)
            expect(deadline)
        }
    }

    /// Returns when the peer has closed its side or is gone, when this side is closed, or after `endWatch`. Nothing is
    /// read for it.
    func watchForEnd() async {
        guard isOpen, !isHungUp else { return }
        _ = await withUnsafeContinuation { watcher.wait($0, until: .distant) }
    }

    func endWatch() {
        watcher.wake(.timedOut)
    }

    /// Lets whoever waits for bytes go on as if its time were up.
    func interruptReading() {
        reader.wake(.timedOut)
    }

    /// Sees to it that the alarm rings at `deadline` or before.
    private func expect(_ deadline: MonotonicTime) {
        guard deadline < .distant else { return }
        if let alarm, alarm.isSet, alarm.moment <= deadline { return }
        let alarm =
            alarm
            ?? Alarm(at: deadline) { [weak self] in
                Loop.assumeIsolated { self?.timeIsUp() }
            }
        self.alarm = alarm
        Reactor.shared.timers.set(alarm, at: deadline)
    }

    private func timeIsUp() {
        guard isOpen else { return }
        let now = MonotonicTime.now()
        if reader.due <= now { reader.wake(.timedOut) }
        if writer.due <= now { writer.wake(.timedOut) }
        expect(min(reader.due, writer.due))
    }
}

extension Loop {
    /// Runs what must be on the loop from where that is known but cannot be written in types.
    static func assumeIsolated(_ body: @Loop () -> Void) {
        Reactor.shared.checkIsolated()
        withoutActuallyEscaping(body) { body in
            // The loop's thread is the only one that runs this actor, and we are on it.
            unsafeBitCast(body, to: (() -> Void).self)()
        }
    }
}
