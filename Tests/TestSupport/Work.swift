import Synchronization

/// The workers of one islet, as tasks that can be ended.
final class Work: Sendable {
    private let tasks = Mutex<[Task<Void, Never>]>([])

    func start(_ workers: [@Sendable () async -> Void]) {
        // Not below those who wait for them.
        let priority = Task.currentPriority
        tasks.withLock { tasks in
            for worker in workers { tasks.append(Task.detached(priority: priority) { await worker() }) }
        }
    }

    func stop() async {
        let running = tasks.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in running { task.cancel() }
        for task in running { await task.value }
    }
}
