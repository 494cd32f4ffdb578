import Basics

/// Jobs in the order they came, of which one host never gets more than its share at a time.
///
/// A pure value: whoever works takes a job, and says when it is over or has become slow.
struct HostQueues<Job: Sendable>: Sendable {
    /// Jobs under way that may hold up others.
    private(set) var active = 0
    /// Jobs under way that have waited so long that they no longer do.
    private(set) var slow = 0
    private(set) var waiting = 0

    private let width: Int
    private let perHost: Int
    private var queues: [String: [Job]] = [:]
    private var order: [String] = []
    private var busy: [String: Int] = [:]
    private var given: Set<String> = []

    init(width: Int, perHost: Int) {
        self.width = width
        self.perHost = perHost
    }

    var isEmpty: Bool { waiting == 0 && active == 0 && slow == 0 }

    /// Adds a job.
    ///
    /// - Returns: `false` when its host was given up, and the job dropped.
    mutating func add(_ job: Job, host: String) -> Bool {
        guard !given.contains(host) else { return false }
        if queues[host] == nil {
            queues[host] = []
            order.append(host)
        }
        queues[host]?.append(job)
        waiting += 1
        return true
    }

    /// The next job that may begin, with its host. A host that was begun with is gone on with, so that its connection
    /// is used while it is open.
    mutating func take() -> (job: Job, host: String)? {
        guard active < width else { return nil }
        for (index, host) in order.enumerated() where busy[host, default: 0] < perHost {
            guard var queue = queues[host], !queue.isEmpty else { continue }
            let job = queue.removeFirst()
            order.remove(at: index)
            if queue.isEmpty {
                queues[host] = nil
            } else {
                queues[host] = queue
                order.insert(host, at: 0)
            }
            waiting -= 1
            active += 1
            busy[host, default: 0] += 1
            return (job, host)
        }
        return nil
    }

    /// A job takes long: others need not wait for it.
    mutating func giveWay() {
        active -= 1
        slow += 1
    }

    mutating func finish(_ host: String, wasSlow: Bool) {
        if wasSlow { slow -= 1 } else { active -= 1 }
        let others = busy[host, default: 1] - 1
        busy[host] = others > 0 ? others : nil
    }

    /// Drops what waits for a host that does not answer, and returns it.
    mutating func giveUp(_ host: String) -> [Job] {
        given.insert(host)
        guard let dropped = queues.removeValue(forKey: host) else { return [] }
        waiting -= dropped.count
        order.removeAll { $0 == host }
        return dropped
    }

    /// Drops all that waits, and returns it.
    mutating func clear() -> [Job] {
        defer {
            queues = [:]
            order = []
            waiting = 0
        }
        return order.flatMap { queues[$0] ?? [] }
    }
}
