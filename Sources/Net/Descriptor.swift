import CLinux
import Glibc

/// How waiting for a socket ended.
enum Readiness {
    case ready
    case timedOut
    /// Closed by us while somebody waited.
    case closed
}

/// A non-blocking file descriptor on the loop, closed when it is let go.
///
/// Whoever reads or writes tries first and waits on EAGAIN; readiness that nobody waits for is remembered. One
/// task at a time may wait for each direction. An alarm is set once and moved lazily: a deadline that moves on
/// with each request costs nothing.
@Loop
final class Descriptor {
    /// Never negative; `isOpen` says whether it is still ours.
    nonisolated let fd: Int32
    private(set) var isOpen = true
    private var isReadable = false
    private var isWritable = false
    private var reader: UnsafeContinuation<Readiness, Never>?
    private var writer: UnsafeContinuation<Readiness, Never>?
    private var deadline: MonotonicTime?
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
        wake(&reader, .closed)
        wake(&writer, .closed)
    }

    nonisolated func becameReady(_ events: UInt32) {
        Loop.assumeIsolated { self.note(events) }
    }

    private func note(_ events: UInt32) {
        let broken = EPOLLERR.rawValue | EPOLLHUP.rawValue
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | broken) != 0 {
            if reader != nil { wake(&reader, .ready) } else { isReadable = true }
        }
        if events & (EPOLLOUT.rawValue | broken) != 0 {
            if writer != nil { wake(&writer, .ready) } else { isWritable = true }
        }
    }

    func waitReadable(until deadline: MonotonicTime) async -> Readiness {
        guard isOpen else { return .closed }
        if isReadable {
            isReadable = false
            return .ready
        }
        expect(deadline)
        return await withUnsafeContinuation { reader = $0 }
    }

    func waitWritable(until deadline: MonotonicTime) async -> Readiness {
        guard isOpen else { return .closed }
        if isWritable {
            isWritable = false
            return .ready
        }
        expect(deadline)
        return await withUnsafeContinuation { writer = $0 }
    }

    private func wake(_ waiter: inout UnsafeContinuation<Readiness, Never>?, _ outcome: Readiness) {
        guard let continuation = waiter else { return }
        waiter = nil
        continuation.resume(returning: outcome)
    }

    private func expect(_ deadline: MonotonicTime) {
        self.deadline = deadline
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
        guard isOpen, let deadline, let alarm, reader != nil || writer != nil else { return }
        if deadline > MonotonicTime.now() {
            Reactor.shared.timers.set(alarm, at: deadline)
        } else {
            wake(&reader, .timedOut)
            wake(&writer, .timedOut)
        }
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
