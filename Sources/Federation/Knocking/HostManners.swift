import ActivityPub
package import Basics
package import Storage
import Synchronization

/// How to treat each other server: whether it may be contacted at all, how much it is asked, and how it wants to be
/// signed to.
///
/// What is learnt is kept in memory for the hosts dealt with last and written down now and then, so a crash forgets
/// at most a few dozen counted questions.
package final class HostManners: Sendable {
    /// For whom something is asked.
    package enum Purpose: Sendable {
        /// The owner waits for it, or an activity that came.
        case now
        /// Somebody unknown says that a key is there. It must not use up what the others need.
        case stranger
        /// Nobody waits: posts that were missed, threads and profiles made complete.
        case background
        /// The owner brings a file of people, and whoever asks keeps a pace of their own.
        case paced
    }

    package struct Limits: Sendable {
        /// Questions to one host on one day, deliveries not counted.
        package var perDay = 10_000
        /// Of these, at most so many in the background.
        package var inBackground = 5_000
        /// And for keys of people who may not exist.
        package var forStrangers = 4_000
        /// Hosts kept in memory; beyond it any one makes room and is read again.
        package var hosts = 512
        /// Questions after which the number is written down.
        package var written = 64

        package init() {}
    }

    private struct State {
        var hosts: [String: Hosts.Manners] = [:]
        /// nil until it was read.
        var blocked: Set<String>?
        /// How often the list changed, so that one that was read before a change is not kept after it.
        var blockedChanges = 0
    }

    private let state = Mutex(State())
    private let store: Store
    private let clock: Clock
    private let limits: Limits

    package init(store: Store, clock: Clock, limits: Limits = Limits()) {
        self.store = store
        self.clock = clock
        self.limits = limits
        store.changes.listen { [weak self] news in
            guard news.contains(.domainBlocks) else { return }
            self?.state.withLock { state in
                state.blocked = nil
                state.blockedChanges += 1
            }
        }
    }

    /// Whether the owner blocked this host or a domain above it.
    ///
    /// - Parameter host: with or without port, lower case.
    package func isBlocked(_ host: String) -> Bool {
        let blocked = blockedDomains()
        guard !blocked.isEmpty else { return false }
        var name = host.split(separator: ":").first.map(Substring.init) ?? ""
        while !name.isEmpty {
            if blocked.contains(String(name)) { return true }
            guard let dot = name.firstIndex(of: ".") else { return false }
            name = name[name.index(after: dot)...]
        }
        return false
    }

    private func blockedDomains() -> Set<String> {
        let (known, changes) = state.withLock { ($0.blocked, $0.blockedChanges) }
        if let known { return known }
        // A database that cannot be read fails whatever is done next.
        guard let read = try? store.read({ try DomainBlocks.all(in: $0) }) else { return [] }
        let blocked = Set(read)
        state.withLock { if $0.blockedChanges == changes { $0.blocked = blocked } }
        return blocked
    }

    /// Counts a question to this host, or says why it must not be asked now.
    func admit(_ host: String, for purpose: Purpose) async throws(FetchError) {
        if isBlocked(host) { throw .refused("the domain is blocked") }
        let now = clock.now()
        let today = now.seconds / 86_400
        let known = manners(of: host)
        guard known.askAfter <= now else { throw .passing("\(host) asked to be left alone for a while") }
        if purpose == .paced { return }
        let limit =
            switch purpose {
            case .now: limits.perDay
            case .stranger: limits.forStrangers
            case .background, .paced: limits.inBackground
            }
        let (isAdmitted, counted) = state.withLock { state in
            var manners = state.hosts[host] ?? known
            if manners.day != today { (manners.day, manners.asked) = (today, 0) }
            guard manners.asked < limit else { return (false, manners) }
            manners.asked += 1
            state.hosts[host] = manners
            return (true, manners)
        }
        guard isAdmitted else { throw .passing("\(host) was asked often enough today") }
        if counted.asked % limits.written == 0 { await write(counted, of: host) }
    }

    /// How this host wants requests of ours to be signed.
    func scheme(for host: String) -> SignatureScheme {
        SignatureScheme(rawValue: manners(of: host).signature) ?? .cavage
    }

    /// Remembers what this host took.
    func learn(_ scheme: SignatureScheme, of host: String) async {
        var manners = manners(of: host)
        guard manners.signature != scheme.rawValue else { return }
        manners.signature = scheme.rawValue
        keep(manners, of: host)
        await write(manners, of: host)
    }

    /// Until when this host wants to be left alone; nil when it does not.
    func restsUntil(_ host: String) -> Timestamp? {
        let moment = manners(of: host).askAfter
        return clock.now() < moment ? moment : nil
    }

    /// Heeds a host's wish to be left alone.
    func rest(_ host: String, for duration: Duration) async {
        guard duration > .zero else { return }
        var manners = manners(of: host)
        manners.askAfter = clock.now() + duration
        keep(manners, of: host)
        await write(manners, of: host)
    }

    private func manners(of host: String) -> Hosts.Manners {
        if let known = state.withLock({ $0.hosts[host] }) { return known }
        let read = (try? store.read { try Hosts.manners(of: host, in: $0) }) ?? nil
        let manners = read ?? Hosts.Manners()
        keep(manners, of: host)
        return manners
    }

    private func keep(_ manners: Hosts.Manners, of host: String) {
        state.withLock { state in
            if state.hosts.count >= limits.hosts, state.hosts[host] == nil, let any = state.hosts.keys.first {
                state.hosts[any] = nil
            }
            state.hosts[host] = manners
        }
    }

    private func write(_ manners: Hosts.Manners, of host: String) async {
        // What cannot be written down is learnt again.
        try? await store.write { tx in try Hosts.setManners(manners, of: host, in: tx) }
    }
}
