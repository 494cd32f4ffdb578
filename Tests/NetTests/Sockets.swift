import Glibc
import HTTP
import Net
import Testing

/// Everything that uses the event loop and real sockets, one test at a time.
@Suite(.serialized) enum Sockets {
    /// The loop turns on a thread of its own for as long as the tests run.
    static let loop: Void = {
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { _ in Reactor.shared.run() }, nil)
        precondition(status == 0, "a thread for the loop cannot be started")
    }()
}

/// What a test does when it is ready to let a handler go on.
final class Gate: Sendable {
    private let entered = AsyncStream<Void>.makeStream()
    private let opened = AsyncStream<Void>.makeStream()

    /// Called inside: says that somebody is here, and waits.
    func pass() async {
        entered.continuation.yield()
        for await _ in opened.stream { return }
    }

    /// Called outside: returns when somebody is inside.
    func awaitEntry() async {
        for await _ in entered.stream { return }
    }

    func open() {
        opened.continuation.yield()
    }
}
