import Basics
import CLinux
import Glibc
import Synchronization

/// The one thread that runs all asynchronous code: an epoll loop that is also Swift's executor.
///
/// Tasks are started with `Reactor.spawn`, which makes this their preferred executor; child tasks inherit it
/// (SE-0417), so nothing of ours reaches the concurrency library's own threads. Descriptors are registered once,
/// edge-triggered, for reading and writing. Timers are a heap that gives `epoll_wait` its time-out.
///
/// `@unchecked Sendable`: everything but `foreign` and `isAwake` is only touched by the thread inside `run`.
package final class Reactor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    package static let shared = Reactor()

    private let epoll: Int32
    private let bell: Int32
    private var ready: [UnownedJob] = []
    private let foreign = Mutex<[UnownedJob]>([])
    private var thread = pthread_t()
    private let isRunning = Atomic(false)
    private var descriptors: [Descriptor?] = []
    var timers = TimerHeap()

    private init() {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(epoll >= 0 && bell >= 0, "the kernel gives no descriptors for the event loop")
        _ = islet_epoll_add(epoll, bell, EPOLLIN.rawValue | EPOLLET.rawValue)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Starts a task on the loop.
    @discardableResult
    package static func spawn(_ body: @escaping @Sendable @Loop () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: shared) { await body() }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isOwnThread {
            ready.append(job)
        } else {
            let isFirst = foreign.withLock { queue in
                queue.append(job)
                return queue.count == 1
            }
            if isFirst { ring() }
        }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isOwnThread, "this runs on the loop's thread only")
    }

    private var isOwnThread: Bool {
        isRunning.load(ordering: .acquiring) && pthread_equal(thread, pthread_self()) != 0
    }

    private func ring() {
        var one: UInt64 = 1
        // The counter cannot overflow, and a full one rings all the same.
        _ = write(bell, &one, MemoryLayout<UInt64>.size)
    }

    /// Turns for ever on the calling thread.
    package func run() -> Never {
        thread = pthread_self()
        isRunning.store(true, ordering: .releasing)
        let capacity = 64
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: capacity)
        var batch: [UnownedJob] = []
        while true {
            runJobs(&batch)
            let count = epoll_wait(epoll, events, Int32(capacity), timeout())
            for index in 0..<max(0, Int(count)) {
                let fd = islet_event_fd(events + index)
                if fd == bell {
                    var counter: UInt64 = 0
                    _ = read(bell, &counter, MemoryLayout<UInt64>.size)  // only empties it
                } else if Int(fd) < descriptors.count {
                    descriptors[Int(fd)]?.becameReady(events[index].events)
                }
            }
            foreign.withLock { queue in
                ready.append(contentsOf: queue)
                queue.removeAll(keepingCapacity: queue.count < 256)
            }
            let now = MonotonicTime.now()
            while let alarm = timers.takeDue(at: now) { alarm.fire() }
        }
    }

    private func runJobs(_ batch: inout [UnownedJob]) {
        let executor = asUnownedSerialExecutor()
        let taskExecutor = asUnownedTaskExecutor()
        var turns = 0
        // A few rounds, so that a chain of short steps does not pay for the kernel, then a look at the sockets.
        while !ready.isEmpty && turns < 16 {
            swap(&batch, &ready)
            for job in batch { job.runSynchronously(isolatedTo: executor, taskExecutor: taskExecutor) }
            batch.removeAll(keepingCapacity: batch.count < 256)
            turns += 1
        }
    }

    private func timeout() -> Int32 {
        if !ready.isEmpty { return 0 }
        guard let next = timers.next else { return -1 }
        let now = MonotonicTime.now()
        guard next > now else { return 0 }
        return Int32(clamping: (next.nanoseconds - now.nanoseconds - 1) / 1_000_000 + 1)
    }

    func register(_ descriptor: Descriptor) -> Bool {
        let index = Int(descriptor.fd)
        while descriptors.count <= index { descriptors.append(nil) }
        descriptors[index] = descriptor
        return islet_epoll_add(
            epoll, descriptor.fd,
            EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue) == 0
    }

    func unregister(_ descriptor: Descriptor) {
        // Closing the descriptor takes it out of epoll.
        descriptors[Int(descriptor.fd)] = nil
    }
}

/// The isolation of everything that touches sockets or timers.
@globalActor
package actor Loop {
    package static let shared = Loop()

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        Reactor.shared.asUnownedSerialExecutor()
    }
}
