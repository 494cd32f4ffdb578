package import Basics
package import Storage

/// Taking over files of connections: what the owner asks for, and what became of it. `ImportWorker` does the work.
package struct Imports: Sendable {
    package enum Mode: Sendable {
        /// What is in the file is added to what is here.
        case merge
        /// And what is not in it is undone at the end.
        case replace
    }

    let store: Store
    let clock: Clock
    let limits: ImportLimits
    private let export: Export
    private let worker: Worker

    /// - Parameters:
    ///   - home: the host of the owner's own handle.
    ///   - worker: where files are read, which takes a moment when they are long.
    package init(
        store: Store, home: String, clock: Clock, worker: Worker, limits: ImportLimits = ImportLimits()
    ) {
        self.worker = worker
        self.store = store
        self.clock = clock
        self.limits = limits
        export = Export(home: home, clock: clock)
    }

    /// Reads the whole file and says what it would do. Nothing is changed.
    ///
    /// - Throws: `ImportRefusal`; `WorkerOverloaded`.
    package func plan(_ kind: ConnectionKind, _ mode: Mode, _ bytes: [UInt8]) async throws -> ImportPlan {
        try await onWorker { [self] in
            let file = try ImportFile(kind, bytes, limits: limits)
            var undone: Int?
            var isAtMost = false
            if mode == .replace {
                let here = try ImportFile.keys(
                    of: kind, try store.readApart { try export.csv(kind, in: $0) }, limits)
                let named = try file.keys
                undone = here.subtracting(named.keys).count
                isAtMost = named.areByAddress
            }
            return ImportPlan(
                kind: kind, lines: file.lines, unreadable: file.unreadable, undone: undone, isAtMost: isAtMost
            )
        }
    }

    private func onWorker<Value: Sendable>(
        _ job: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await worker.run { Result { try job() } }.get()
    }

    /// Stores the file's lines; they are worked on when their turn comes, also after a restart.
    ///
    /// - Throws: `ImportRefusal`, `WorkerOverloaded`; then nothing was stored.
    package func start(_ kind: ConnectionKind, _ mode: Mode, _ bytes: [UInt8]) async throws -> ImportJobID {
        let file = try await onWorker { [limits] in try ImportFile(kind, bytes, limits: limits) }
        let job = try await makeRoom(kind, mode)
        do {
            var batch: [Stored] = []
            var cursor = file.cursor
            while let line = try cursor.next() {
                batch.append(Stored(line))
                guard batch.count == limits.storedAtOnce else { continue }
                try await store(batch, of: job)
                batch = []
            }
            try await store(batch, of: job)
            try await store.write { tx in
                try Imports.requireReading(job, in: tx)
                try ImportJobs.begin(job, in: tx)
            }
        } catch {
            // What cannot be removed now goes at the next start. One that was stopped is kept as such.
            try? await store.write { tx in
                guard try ImportJobs.find(job, in: tx)?.state == .reading else { return }
                try ImportJobs.remove(job, in: tx)
            }
            throw error
        }
        return job
    }

    /// All that are known, the newest first.
    package func all() throws -> [ImportJob] {
        try store.read { try ImportJobs.all(in: $0) }
    }

    package func find(_ id: ImportJobID) throws -> ImportJob? {
        try store.read { try ImportJobs.find(id, in: $0) }
    }

    /// Lines that led nowhere and why, by their place in the file; the next page begins after the last of them.
    package func failures(of id: ImportJobID, after line: Int = 0, limit: Int = 100) throws -> [ImportFailure]
    {
        try store.read { try ImportLines.failures(of: id, after: line, limit: limit, in: $0) }
    }

    /// Stops it. What is done stays done, and nothing is undone.
    ///
    /// - Returns: `false` when it had ended, or never was.
    package func cancel(_ id: ImportJobID) async throws -> Bool {
        let now = clock.now()
        return try await store.write { tx in try ImportJobs.end(id, as: .cancelled, at: now, in: tx) }
    }

    private func makeRoom(_ kind: ConnectionKind, _ mode: Mode) async throws -> ImportJobID {
        let now = clock.now()
        return try await store.write { [limits] tx in
            let known = try ImportJobs.all(in: tx)
            let ended = known.filter { $0.endedAt != nil }
            guard known.count - ended.count < limits.waiting else {
                throw ImportRefusal.busy(limit: limits.waiting)
            }
            for old in ended.dropFirst(limits.reports - 1) { try ImportJobs.remove(old.id, in: tx) }
            return try ImportJobs.insert(kind, replaces: mode == .replace, at: now, in: tx)
        }
    }

    /// - Throws: `ImportRefusal.stopped` when the owner stopped it while its lines were being stored.
    private static func requireReading(_ job: ImportJobID, in tx: Transaction) throws {
        guard try ImportJobs.find(job, in: tx)?.state == .reading else { throw ImportRefusal.stopped }
    }

    private func store(_ batch: [Stored], of job: ImportJobID) async throws {
        try await store.write { tx in
            try Imports.requireReading(job, in: tx)
            for line in batch {
                try ImportLines.insert(
                    line.entry, line: line.number, host: line.host, reason: line.reason, of: job, in: tx)
            }
            try ImportJobs.count(
                job, lines: batch.count, failed: batch.count { $0.reason != nil }, in: tx)
        }
    }
}

/// A line as it is stored.
private struct Stored: Sendable {
    let number: Int
    let entry: String
    let host: String
    let reason: String?

    init(_ line: ImportFile.Line) {
        number = line.number
        entry = CSVWriter.text(line.fields)
        switch line.entry {
        case .success(let entry): (host, reason) = (entry.host, nil)
        case .failure(let problem): (host, reason) = ("", problem.reason)
        }
    }
}

extension ImportFile {
    /// What a file of our own names.
    fileprivate static func keys(
        of kind: ConnectionKind, _ csv: [UInt8], _ limits: ImportLimits
    ) throws(ImportRefusal) -> Set<Int> {
        guard !csv.isEmpty else { return [] }
        var limits = limits
        (limits.bytes, limits.lines) = (.max, .max)
        return try ImportFile(kind, csv, limits: limits).keys.keys
    }

    /// What the lines are known by that can be read, as numbers: a hundred thousand addresses would fill a small
    /// board, and if two had the same number, a plan would be wrong by one.
    fileprivate var keys: (keys: Set<Int>, areByAddress: Bool) {
        get throws(ImportRefusal) {
            var keys: Set<Int> = []
            var areByAddress = false
            var cursor = cursor
            while let line = try cursor.next() {
                guard case .success(let entry) = line.entry else { continue }
                keys.insert(entry.key.hashValue)
                areByAddress = areByAddress || entry.isByAddress
            }
            return (keys, areByAddress)
        }
    }
}
