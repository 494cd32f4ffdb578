package import Basics
import Glibc
import HTTP
import Synchronization

/// The folder of others' files that somebody looked at: bounded in bytes, and never what fills the disk.
///
/// The file system is the only truth. What is used is remembered in memory and written down, as the time of the file's
/// last change, only when others are removed anyway: a look writes nothing.
package final class MediaCache: Sendable {
    package struct Bounds: Sendable {
        /// Bytes of all files together; 0: nothing is stored.
        package var bytes: Int
        /// Bytes of the disk that must stay free.
        package var reserve: Int
        /// Uses that are remembered; who was used longer ago goes by the time of the file.
        package var uses = 4_096
        /// How often the disk is looked at.
        package var look: Duration = .seconds(10)

        package init(bytes: Int, reserve: Int) {
            self.bytes = bytes
            self.reserve = reserve
        }

        /// Largest file that is stored.
        var largest: Int { bytes / 4 }
    }

    struct State {
        /// Bytes of the files in the folder; nil until they were counted.
        var total: Int?
        /// Bytes of all files that were settled since the start, for whoever counts meanwhile.
        var settled = 0
        /// Bytes that files which are arriving may still take.
        var promised = 0
        /// When files were used, the newer half and the older one.
        var uses: [String: Timestamp] = [:]
        var olderUses: [String: Timestamp] = [:]
        var lastLook: Timestamp?
        /// When somebody was last sent to tidy.
        var lastTidying: Timestamp?
        /// Bytes that may be taken from the disk until the next look.
        var spare = 0
    }

    let folder: String
    let bounds: Bounds
    let state = Mutex(State())
    let clock: Clock
    private let worker: Worker
    private let freeBytes: @Sendable (String) -> Int?

    /// - Parameters:
    ///   - worker: runs what goes through the folder.
    ///   - freeBytes: room on the disk of a folder, nil if nobody can say.
    package init(
        folder: String, bounds: Bounds, worker: Worker, clock: Clock,
        freeBytes: @escaping @Sendable (String) -> Int? = MediaCache.freeBytes
    ) {
        self.folder = folder
        self.bounds = bounds
        self.worker = worker
        self.clock = clock
        self.freeBytes = freeBytes
    }

    /// Makes the folder where needed and removes what an earlier run left half written.
    package func prepare() throws(MediaFolderError) {
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw MediaFolderError(path: folder) }
        try MediaFolder.visit(folder) { name in
            // Without a cache nothing stays of one that there was.
            let isUnwanted = name.hasPrefix(Spool.namePrefix) || bounds.bytes == 0 && RemoteName(name) != nil
            if isUnwanted { unlink("\(folder)/\(name)") }
        }
    }

    /// The file of this name if it is here and whole, opened; this counts as a use.
    func find(_ name: RemoteName) -> (open: OpenFile, file: CachedFile)? {
        guard bounds.bytes > 0 else { return nil }
        let path = "\(folder)/\(name)"
        let descriptor = CachedFile.open(path)
        guard descriptor >= 0 else { return nil }
        let open = OpenFile(descriptor) { close($0) }
        guard let file = CachedFile(descriptor) else {
            // Not whole: left by a loss of power.
            unlink(path)
            return nil
        }
        noteUse(of: name.description)
        return (open, file)
    }

    private func noteUse(of name: String) {
        let now = clock.now()
        state.withLock { state in
            if state.uses.count >= bounds.uses / 2, state.uses[name] == nil {
                state.olderUses = state.uses
                state.uses = [:]
            }
            state.uses[name] = now
        }
    }

    /// Bytes that are kept; nil until they were counted.
    package var size: Int? { state.withLock { $0.total } }

    /// Makes room for so many bytes more, which count as taken from now on.
    ///
    /// - Returns: false when they cannot be stored: nothing is promised then.
    func promise(_ bytes: Int) async -> Bool {
        guard bytes <= bounds.largest, bounds.bytes > 0 else { return false }
        if let answer = tryToPromise(bytes) { return answer }
        // A worker with too much to do is as good as a full disk.
        return (try? await worker.run { self.makeRoom(for: bytes) }) ?? false
    }

    /// Nil if somebody must look first.
    private func tryToPromise(_ bytes: Int) -> Bool? {
        let now = clock.now()
        return state.withLock { state in
            guard let total = state.total, let look = state.lastLook, now - look < bounds.look, now >= look
            else { return nil }
            // What is here may make room for what is looked at now.
            if bytes > state.spare { return total > 0 ? nil : false }
            guard total + state.promised + bytes <= bounds.bytes else { return nil }
            MediaCache.take(bytes, in: &state)
            return true
        }
    }

    private static func take(_ bytes: Int, in state: inout State) {
        state.promised += bytes
        state.spare -= bytes
    }

    private func makeRoom(for bytes: Int) -> Bool {
        lookAtDisk(for: bytes)
        let (isFull, isCrowded, promised) = state.withLock { state in
            let total = state.total ?? 0
            return (bytes > state.spare, total + state.promised + bytes > bounds.bytes, state.promised)
        }
        // What is arriving cannot make room.
        if isFull || promised + bytes > bounds.bytes { return false }
        if isCrowded { shrink(to: min(bounds.bytes / 10 * 9, bounds.bytes - promised - bytes)) }
        return state.withLock { state in
            guard (state.total ?? 0) + state.promised + bytes <= bounds.bytes else { return false }
            MediaCache.take(bytes, in: &state)
            return true
        }
    }

    /// Counts what is here where that was not done yet, holds the bound, and gives room back to a disk that has too
    /// little.
    ///
    /// - Parameter wanted: bytes that are about to be stored; what is here makes room for them if that is enough.
    func lookAtDisk(for wanted: Int = 0) {
        if state.withLock({ $0.total }) == nil { shrink(to: .max) }
        let free = measure()
        let (total, promised) = state.withLock { ($0.total ?? 0, $0.promised) }
        var missing = max(0, bounds.reserve - free)
        if wanted > 0, free - bounds.reserve - promised < wanted {
            let needed = bounds.reserve - free + promised + wanted
            // A little more, so that not every file that comes has the folder gone through.
            if needed <= total { missing = min(total, needed + total / 10) }
        }
        let target = min(bounds.bytes, max(0, total - missing))
        guard target < total else { return }
        shrink(to: target)
        _ = measure()
    }

    /// What the disk has free, noted.
    private func measure() -> Int {
        // Nobody can say: then nothing speaks against it.
        let free = freeBytes(folder) ?? .max
        let now = clock.now()
        state.withLock { state in
            (state.lastLook, state.lastTidying) = (now, now)
            state.spare = free - bounds.reserve - state.promised
        }
        return free
    }

    /// Gives up what was promised, in favour of a file of this many bytes that is here now.
    func settle(_ promised: Int, kept length: Int?) {
        state.withLock { state in
            state.promised -= promised
            guard let length else { return }
            state.total = (state.total ?? 0) + MediaCache.room(length)
            state.settled += MediaCache.room(length)
        }
    }

    /// Whether nobody tidied for a while.
    var isUntidy: Bool { state.withLock { isDue($0, at: clock.now()) } }

    private func isDue(_ state: State, at now: Timestamp) -> Bool {
        guard bounds.bytes > 0 else { return false }
        return state.lastTidying.map { now - $0 >= bounds.look || now < $0 } ?? true
    }

    /// Looks whether the disk has room and the bound holds, at most once in a while, for whoever passes by.
    package func tidy() async {
        let now = clock.now()
        let isCounted: Bool? = state.withLock { state in
            guard isDue(state, at: now) else { return nil }
            state.lastTidying = now
            return state.total != nil || !state.uses.isEmpty
        }
        guard let isCounted else { return }
        // What nobody used since the start is not gone through unless the disk needs it.
        if !isCounted, freeBytes(folder) ?? .max >= bounds.reserve { return }
        // What is not done now is done at the next look.
        try? await worker.run { self.lookAtDisk() }
    }

    /// Runs something that goes through the folder, one after the other.
    func onWorker<Result: Sendable>(_ job: @escaping @Sendable () -> Result) async -> Result? {
        try? await worker.run(job)
    }

    /// What a file takes on the disk: whole blocks.
    static func room(_ length: Int) -> Int {
        let (sum, isTooMuch) = length.addingReportingOverflow(CachedFile.markLength + 4_095)
        return isTooMuch ? length : sum / 4_096 * 4_096
    }

    /// What statvfs says is free for programs without privileges.
    package static func freeBytes(_ folder: String) -> Int? {
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0 else { return nil }
        return Int(clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).0)
    }
}
