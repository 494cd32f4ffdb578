import Glibc

/// Threads for what blocks or burns: password hashing, signing in bulk, resolving names, child processes.
///
/// A thread is started when work arrives, stays for a moment in case more follows, and is gone when the
/// program is idle. The queue is bounded; when it is full, `run` throws `WorkerOverloaded` at once.
///
/// `@unchecked Sendable`: every stored property that changes is read and written under `mutex` only.
package final class Worker: @unchecked Sendable {
    /// How long an idle thread waits for more work, in seconds.
    private static let linger = 1
    /// Enough for glibc's resolver, which keeps some tens of kilobytes on the stack.
    private static let stackSize = 512 * 1024

    private let name: String
    private let threads: Int
    private let limit: Int
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var queue: [@Sendable () -> Void] = []
    private var head = 0
    private var running = 0
    private var idle = 0

    /// - Parameters:
    ///   - name: what `WorkerOverloaded` says.
    ///   - threads: how many may run at once.
    ///   - limit: how many jobs may wait.
    package init(name: String, threads: Int, limit: Int) {
        self.name = name
        self.threads = threads
        self.limit = limit
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `job` on one of the threads and returns what it returned.
    package func run<Result: Sendable>(_ job: @escaping @Sendable () -> Result) async throws(WorkerOverloaded)
        -> Result
    {
        let outcome: Result? = await withCheckedContinuation { continuation in
            let taken = enqueue { continuation.resume(returning: job()) }
            if !taken { continuation.resume(returning: nil) }
        }
        guard let outcome else { throw WorkerOverloaded(worker: name) }
        return outcome
    }

    private func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let waiting = queue.count - head
        guard waiting < limit else { return false }
        queue.append(job)
        if idle > waiting {
            pthread_cond_signal(condition)
        } else if running < threads {
            running += 1
            if !startThread() {
                running -= 1
                // With another thread alive the job waits for that one.
                guard running > 0 else {
                    queue.removeLast()
                    return false
                }
            }
        }
        return true
    }

    private func startThread() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Worker.stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Worker>.fromOpaque(context).takeRetainedValue().work()
                return nil
            }, context.toOpaque())
        if status != 0 { context.release() }
        return status == 0
    }

    private func work() {
        pthread_mutex_lock(mutex)
        while let job = next() {
            pthread_mutex_unlock(mutex)
            job()
            pthread_mutex_lock(mutex)
        }
        running -= 1
        pthread_mutex_unlock(mutex)
    }

    /// The next job, or nil when nothing came for a while. Called, and returns, with the mutex held.
    private func next() -> (@Sendable () -> Void)? {
        var deadline: timespec?
        while head == queue.count {
            queue.removeAll()
            head = 0
            var until = deadline ?? Worker.deadline()
            deadline = until
            idle += 1
            let status = pthread_cond_timedwait(condition, mutex, &until)
            idle -= 1
            if status == ETIMEDOUT && head == queue.count { return nil }
        }
        let job = queue[head]
        queue[head] = {}
        head += 1
        return job
    }

    private static func deadline() -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        time.tv_sec += linger
        return time
    }
}

/// A worker's queue is full; the caller answers "try again later".
package struct WorkerOverloaded: Error {
    package let worker: String
}
