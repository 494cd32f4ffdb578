import Basics
import Federation
import Storage

/// The end of an import that replaces: what was there when it began, and no line of the file named, is undone.
///
/// Whoever a line named that led nowhere is spared, because the file does want them. So is a list that nobody was on,
/// because a file cannot name it.
struct ImportUndoing: Sendable {
    let store: Store
    let outbox: Outbox
    let limits: ImportLimits
    /// The host of the owner's own handle.
    let home: String

    /// Can be begun again where it broke off.
    func run(_ job: ImportJob) async throws {
        if job.kind == .filters { return try await undoFilters(job) }
        let spared = try spared(by: job)
        let rows = try store.read { try ImportLines.unnamed(job.kind, by: job.id, in: $0) }
        var rest = rows[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(limits.batch))
            rest = rest.dropFirst(batch.count)
            let goesOn = try await store.write { tx in
                guard try ImportJobs.isRunning(job.id, in: tx) else { return false }
                var count = 0
                for row in batch where try undo(row, of: job.kind, sparing: spared, in: tx) { count += 1 }
                try ImportJobs.count(job.id, undone: count, in: tx)
                return true
            }
            guard goesOn else { return }
        }
    }

    private struct Spared: Sendable {
        /// As `ImportEntry.key`.
        var keys: Set<String> = []
        /// Titles of lists whose lines led nowhere.
        var titles: Set<String> = []
    }

    private func spared(by job: ImportJob) throws -> Spared {
        try store.read { snapshot in
            var spared = Spared()
            var line = 0
            while true {
                let failures = try ImportLines.failures(
                    of: job.id, after: line, limit: limits.batch, in: snapshot)
                guard let last = failures.last else { break }
                line = last.line
                for failure in failures {
                    guard let entry = ImportEntry(stored: failure.entry, job.kind, limits: limits) else {
                        continue
                    }
                    spared.keys.insert(entry.key)
                    if case .listMember(_, let title) = entry { spared.titles.insert(title) }
                }
            }
            return spared
        }
    }

    /// - Returns: `false` when there was nothing to undo.
    private func undo(
        _ row: Int64, of kind: ConnectionKind, sparing spared: Spared, in tx: Transaction
    ) throws -> Bool {
        switch kind {
        case .follows, .mutes, .blocks:
            let actor = ActorID(row)
            guard try !spared.keys.contains(address(of: actor, in: tx)) else { return false }
            switch kind {
            case .follows: try outbox.unfollow(actor, in: tx)
            case .mutes: try Mutes.remove(actor, in: tx)
            default: try outbox.unblock(actor, in: tx)
            }
        case .lists:
            guard let member = try ListMembers.find(row, in: tx),
                let list = try Lists.find(member.list, in: tx),
                try !spared.keys.contains(list.title + "\n" + address(of: member.actor, in: tx))
            else { return false }
            if list.isExclusive { try ListPosts.returnHome(list.id, of: member.actor, in: tx) }
            try ListMembers.remove(member.actor, from: list.id, in: tx)
            // A list goes with the last who is on it.
            if try !spared.titles.contains(list.title) && ListMembers.count(of: list.id, in: tx) == 0 {
                try Lists.remove(list.id, in: tx)
            }
        case .domainBlocks:
            guard let domain = try DomainBlocks.find(row, in: tx) else { return false }
            try outbox.unblockDomain(domain, in: tx)
        case .bookmarks:
            try Bookmarks.remove(StatusID(row), in: tx)
        case .filters: return false
        }
        return true
    }

    private func address(of actor: ActorID, in tx: Transaction) throws -> String {
        guard let person = try Actors.find(actor, in: tx) else { return "" }
        return "\(person.username)@\(person.domain ?? home)".lowercased()
    }

    /// Filters are few, so what they say is compared with what the file said.
    private func undoFilters(_ job: ImportJob) async throws {
        try await store.write { tx in
            guard try ImportJobs.isRunning(job.id, in: tx) else { return }
            let failures = try ImportLines.failures(of: job.id, after: 0, limit: .max, in: tx)
            let entries = try ImportLines.settled(of: job.id, in: tx) + failures.map(\.entry)
            var wanted: Set<FilterLine> = []
            for text in entries {
                guard case .filter(let line)? = ImportEntry(stored: text, .filters, limits: limits) else {
                    continue
                }
                wanted.formUnion(line.parts)
            }
            try undo(wanted, in: tx, of: job)
        }
    }

    private func undo(_ wanted: Set<FilterLine>, in tx: Transaction, of job: ImportJob) throws {
        var count = 0
        for filter in try Filters.all(in: tx) where filter.id.value <= job.newest {
            let keywords = filter.keywords.filter { $0.id.value <= job.newest }
            let statuses = filter.statuses.filter { $0.id.value <= job.newest }
            let isOld = keywords.count == filter.keywords.count && statuses.count == filter.statuses.count
            if isOld && !wanted.contains(FilterLine(filter)) {
                _ = try Filters.remove(filter.id, in: tx)
                count += max(1, keywords.count + statuses.count)
                continue
            }
            for keyword in keywords where !wanted.contains(FilterLine(filter, keyword: keyword)) {
                try FilterKeywords.remove(keyword.id, in: tx)
                count += 1
            }
            let posts = try Statuses.find(statuses.map(\.status), in: tx)
            for status in statuses
            where !wanted.contains(FilterLine(filter, post: posts[status.status]?.uri)) {
                try FilterStatuses.remove(status.id, in: tx)
                count += 1
            }
        }
        try ImportJobs.count(job.id, undone: count, in: tx)
    }
}

extension ImportEntry {
    /// A line as it was stored; nil for one that cannot be read.
    init?(stored text: String, _ kind: ConnectionKind, limits: ImportLimits) {
        var reader = CSVReader(
            Array(text.utf8), fieldLimit: limits.fieldBytes, columnLimit: limits.columns)
        guard let record = try? reader.next(),
            let entry = try? ImportEntry(kind, record.fields, limits: limits)
        else { return nil }
        self = entry
    }
}
