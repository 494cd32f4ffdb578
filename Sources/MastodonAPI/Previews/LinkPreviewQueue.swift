import Basics
import HTTP

/// Pages that are to be looked at: each once, in a bounded number, each not before its time.
///
/// A pure value: whoever works takes what is due, and says when it was written down.
struct LinkPreviewQueue: Sendable {
    struct Job: Sendable {
        /// As the post has it.
        let address: String
        let url: WebURL
        let due: Timestamp
    }

    /// Pages that wait or are under way; beyond it a new one is dropped, and the next look asks again.
    static let most = 500
    /// Looked at at once, of each host one.
    static let width = 2

    private var waiting: [Job] = []
    /// Waiting, under way, or not written down yet.
    private var known: Set<String> = []
    private var busy: Set<String> = []

    var isEmpty: Bool { known.isEmpty }
    /// Whether a page is being looked at.
    var isBusy: Bool { !busy.isEmpty }

    /// - Returns: false when it is there already, or there is no room.
    mutating func add(_ job: Job) -> Bool {
        guard known.count < LinkPreviewQueue.most, known.insert(job.address).inserted else { return false }
        waiting.append(job)
        return true
    }

    /// Those that may begin now, in the order they came.
    mutating func take(at now: Timestamp) -> [Job] {
        var taken: [Job] = []
        while busy.count < LinkPreviewQueue.width,
            let next = waiting.firstIndex(where: { $0.due <= now && !busy.contains($0.url.authority) })
        {
            let job = waiting.remove(at: next)
            busy.insert(job.url.authority)
            taken.append(job)
        }
        return taken
    }

    /// When the next one may begin, unless one that is under way must end before.
    var nextDue: Timestamp? {
        guard busy.count < LinkPreviewQueue.width else { return nil }
        return waiting.lazy.filter { [busy] in !busy.contains($0.url.authority) }.map(\.due).min()
    }

    /// Its host may be asked again.
    mutating func finish(_ job: Job) {
        busy.remove(job.url.authority)
    }

    /// The page may be asked for again.
    mutating func forget(_ addresses: [String]) {
        known.subtract(addresses)
    }
}
