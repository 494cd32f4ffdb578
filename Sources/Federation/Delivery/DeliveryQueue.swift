import Basics
import Storage

/// Which deliveries may begin, and what is under way: to one inbox one item at a time, in order, to one host a few.
///
/// A pure value over what the database said is due. An exchange that waits too long for an answer gives its place to
/// others and is slow from then on, of which there are only so many too.
struct DeliveryQueue: Sendable {
    private struct Exchange {
        let item: Int64
        var isSlow = false
    }

    private let limits: DeliveryWorker.Limits
    private var waiting: [Deliveries.Due] = []
    /// Set when the database may hold more than `waiting`.
    private var isStale = true
    /// When something that must not be tried yet may be.
    private var nextAttempt: Timestamp?
    /// By inbox.
    private var underWay: [Int64: Exchange] = [:]
    private var hosts: [Int64: Int] = [:]
    /// When an exchange last began or ended.
    private var lastMove = Timestamp(milliseconds: 0)
    private(set) var slow = 0

    init(limits: DeliveryWorker.Limits) {
        self.limits = limits
    }

    /// Exchanges that hold up others.
    var active: Int { underWay.count - slow }
    var isResting: Bool { underWay.isEmpty }

    /// How long nothing has begun or ended although something is under way.
    func stillness(at now: Timestamp) -> Duration { isResting ? .zero : now - lastMove }

    /// Something is alive though nothing began or ended.
    mutating func stir(at now: Timestamp) { lastMove = now }

    /// There may be more in the database.
    mutating func spoil() { isStale = true }

    /// Whether the database must be asked what is due; what comes until it was asked counts as new.
    mutating func wantsMore(at now: Timestamp) -> Bool {
        guard isStale || nextAttempt.map({ $0 <= now }) ?? false else { return false }
        isStale = false
        return true
    }

    /// Inboxes to which something is under way.
    var busy: Set<Int64> { Set(underWay.keys) }

    /// - Parameters:
    ///   - due: what the database said is due, in order.
    ///   - busy: what was under way before it was asked: that may be among what is due, and over by now.
    ///   - next: when something that is not due yet will be.
    mutating func fill(_ due: [Deliveries.Due], busy: Set<Int64>, next: Timestamp?) {
        waiting = due.filter { !busy.contains($0.inbox) && underWay[$0.inbox] == nil }
        nextAttempt = next
    }

    /// The database could not be asked.
    mutating func ask(again moment: Timestamp) { nextAttempt = moment }

    /// Takes what may begin now.
    mutating func take(at now: Timestamp) -> [Deliveries.Due] {
        var taken: [Deliveries.Due] = []
        var kept: [Deliveries.Due] = []
        for due in waiting {
            guard active < limits.inAll, underWay[due.inbox] == nil,
                hosts[due.host, default: 0] < limits.perHost
            else {
                kept.append(due)
                continue
            }
            underWay[due.inbox] = Exchange(item: due.item)
            hosts[due.host, default: 0] += 1
            lastMove = now
            taken.append(due)
        }
        waiting = kept
        return taken
    }

    /// How long there is nothing to begin unless something ends and makes room; nil: until then.
    func pause(at now: Timestamp) -> Duration? {
        isStale ? nil : nextAttempt.map { max(.zero, $0 - now) }
    }

    /// - Returns: whether there is room for another because this one is slow.
    mutating func giveWay(_ due: Deliveries.Due) -> Bool {
        guard slow < limits.slow, let exchange = underWay[due.inbox], exchange.item == due.item,
            !exchange.isSlow
        else { return false }
        underWay[due.inbox]?.isSlow = true
        slow += 1
        return true
    }

    mutating func end(_ due: Deliveries.Due, at now: Timestamp) {
        lastMove = now
        if underWay.removeValue(forKey: due.inbox)?.isSlow ?? false { slow -= 1 }
        let others = hosts[due.host, default: 1] - 1
        hosts[due.host] = others > 0 ? others : nil
        if waiting.isEmpty { isStale = true }
    }
}
