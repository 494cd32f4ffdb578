import CLinux
import Glibc

/// Signals as something to wait for. They are blocked for the whole process, so no handler ever runs.
@Loop
package final class Signals {
    private let descriptor: Descriptor

    /// Blocks these signals; call it before any other thread is started.
    package nonisolated static func block(_ signals: [Int32]) {
        var set = mask(signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    package init?(_ signals: [Int32]) {
        var set = Signals.mask(signals)
        let fd = signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
        guard fd >= 0, let descriptor = Descriptor(fd) else { return nil }
        self.descriptor = descriptor
    }

    /// The next signal that was sent.
    package func next() async -> Int32 {
        while true {
            var info = signalfd_siginfo()
            let size = MemoryLayout<signalfd_siginfo>.size
            if read(descriptor.fd, &info, size) == size { return Int32(info.ssi_signo) }
            _ = await descriptor.waitReadable(until: .distant)
        }
    }

    private nonisolated static func mask(_ signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
