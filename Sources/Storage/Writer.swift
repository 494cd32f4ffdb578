import Basics
import Glibc
import SQLite

/// The thread that owns the writing connection, and the queue in front of it.
///
/// `@unchecked Sendable`: the queue is only touched under `mutex`, the connection only by the thread (or, before
/// it starts, by whoever made it).
final class Writer: @unchecked Sendable {
    /// One write: `run` does the work and returns what tells the caller how its commit went.
    struct Job {
        var run: (Transaction) throws -> (((any Error)?) -> Void)
        var failed: (any Error) -> Void
    }

    private enum Order {
        case job(Job)
        case checkpoint(CheckedContinuation<Void, any Error>)
    }

    private let connection: Connection
    private let limits: Store.Limits
    private let changes: Broadcast<Changes>
    private let events: Broadcast<[Event]>
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var queue: [Order] = []
    private var isClosed = false
    /// When the last commit was done, in nanoseconds.
    private var lastCommit: Int64 = 0
    private var closing: CheckedContinuation<Void, Never>?

    init(
        _ connection: Connection, limits: Store.Limits, changes: Broadcast<Changes>,
        events: Broadcast<[Event]>
    ) {
        self.connection = connection
        self.limits = limits
        self.changes = changes
        self.events = events
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

    func start() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 512 * 1024)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Writer>.fromOpaque(context).takeRetainedValue().loop()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(status == 0, "a thread for the database cannot be started")
    }

    /// Returns why the job was not taken, or nil.
    func enqueue(_ job: Job) -> StoreError? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isClosed { return .closed }
        if queue.count >= limits.waitingWrites { return .overloaded }
        queue.append(.job(job))
        if queue.count == 1 { pthread_cond_signal(condition) }
        return nil
    }

    func checkpoint() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            guard !isClosed else { return continuation.resume(throwing: StoreError.closed) }
            queue.append(.checkpoint(continuation))
            pthread_cond_signal(condition)
        }
    }

    func close() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            guard !isClosed else { return continuation.resume() }
            isClosed = true
            closing = continuation
            pthread_cond_signal(condition)
        }
    }

    private func loop() {
        while let orders = take() {
            defer { lastCommit = Writer.now() }
            var jobs: [Job] = []
            for order in orders {
                switch order {
                case .job(let job):
                    jobs.append(job)
                    if jobs.count == limits.writesPerCommit {
                        commit(jobs)
                        jobs.removeAll()
                    }
                case .checkpoint(let continuation):
                    commit(jobs)
                    jobs.removeAll()
                    continuation.resume(with: Result { try tidy() })
                }
            }
            commit(jobs)
            if connection.logPages >= limits.logPages {
                // The log keeps what could not be moved; the next commit tries again.
                try? connection.checkpoint(truncating: false)
            }
        }
        // A clean stop leaves one tidy file; a failure to tidy loses nothing.
        try? connection.checkpoint(truncating: true)
        closing?.resume()
    }

    /// Everything that waits, or nil when the store is closed and nothing does.
    private func take() -> [Order]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while queue.isEmpty {
            if isClosed { return nil }
            pthread_cond_wait(condition, mutex)
        }
        gather()
        let orders = queue
        queue.removeAll()
        return orders
    }

    /// Lets more writes join when the last commit was a moment ago. Called with the mutex held.
    private func gather() {
        var wait = lastCommit &+ limits.gathering.inMilliseconds &* 1_000_000 &- Writer.now()
        while wait > 0 && !isClosed && queue.count < limits.writesPerCommit {
            pthread_mutex_unlock(mutex)
            var pause = timespec(tv_sec: 0, tv_nsec: Int(wait))
            nanosleep(&pause, nil)
            pthread_mutex_lock(mutex)
            wait = lastCommit &+ limits.gathering.inMilliseconds &* 1_000_000 &- Writer.now()
        }
    }

    /// Nanoseconds of the monotonic clock.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private func tidy() throws {
        if connection.logPages > limits.idleLogPages { try connection.checkpoint(truncating: true) }
    }

    /// Runs the jobs, each in a savepoint, commits them together and then answers each.
    private func commit(_ jobs: [Job]) {
        var rest = jobs[...]
        while !rest.isEmpty { rest = commitSome(of: rest) }
    }

    /// Commits a first part, normally all, and returns what is left to do.
    private func commitSome(of jobs: ArraySlice<Job>) -> ArraySlice<Job> {
        do {
            try connection.run("BEGIN IMMEDIATE")
        } catch {
            for job in jobs { job.failed(StoreError(error)) }
            return []
        }
        var answers: [((any Error)?) -> Void] = []
        var news: Changes = []
        var told: [Event] = []
        for (index, job) in zip(jobs.indices, jobs) {
            let transaction = Transaction(connection)
            do {
                try connection.run("SAVEPOINT job")
                let answer = try job.run(transaction)
                try connection.run("RELEASE job")
                answers.append(answer)
                news.formUnion(transaction.changes)
                told += transaction.events
            } catch {
                job.failed((error as? SQLiteError).map(StoreError.init) ?? error)
                // A full disk may have ended the whole transaction, and with it what was done before.
                guard connection.isInTransaction, undoJob() else {
                    abandon(answers, because: error)
                    return jobs[(index + 1)...]
                }
            }
        }
        do {
            try connection.run("COMMIT")
        } catch {
            abandon(answers, because: error)
            return []
        }
        // First the news: whoever reads after their own write must not find what was kept before it.
        if !news.isEmpty { changes.send(news) }
        if !told.isEmpty { events.send(told) }
        for answer in answers { answer(nil) }
        return []
    }

    private func undoJob() -> Bool {
        do {
            try connection.run("ROLLBACK TO job")
            try connection.run("RELEASE job")
            return true
        } catch {
            return false
        }
    }

    private func abandon(_ answers: [((any Error)?) -> Void], because error: any Error) {
        if connection.isInTransaction {
            try? connection.run("ROLLBACK")  // the error at hand is the one that says why
        }
        let reason = (error as? SQLiteError).map(StoreError.init) ?? .outOfSpace("the transaction was undone")
        for answer in answers { answer(reason) }
    }
}
