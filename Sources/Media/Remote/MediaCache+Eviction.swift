import Basics
import Glibc
import Synchronization

extension MediaCache {
    private struct Entry {
        var name: String
        /// On the disk.
        var bytes: Int
        var used: Timestamp
        var isNoted: Bool
    }

    /// Removes the files that were used longest ago until so many bytes are left, and writes down the uses of those
    /// that stay. What others did to the folder is counted right again. Runs on the worker.
    func shrink(to target: Int) {
        let (uses, settled) = state.withLock { state in
            defer { (state.uses, state.olderUses) = ([:], [:]) }
            return (state.olderUses.merging(state.uses) { $1 }, state.settled)
        }
        var entries: [Entry] = []
        var total = 0
        do {
            try MediaFolder.visit(folder) { name in
                var facts = stat()
                guard !name.hasPrefix("."), lstat("\(folder)/\(name)", &facts) == 0 else { return }
                let bytes = MediaCache.room(Int(facts.st_size) - CachedFile.markLength)
                total += bytes
                let time = facts.st_mtim
                let changed = Timestamp(
                    milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
                let noted = uses[name]
                // Only what may have to go, or has something to be written down.
                guard target < .max || noted != nil else { return }
                entries.append(
                    Entry(name: name, bytes: bytes, used: noted ?? changed, isNoted: noted != nil))
            }
        } catch {
            // A folder that cannot be read holds nothing that can be served either.
            total = 0
        }
        entries.sort { $0.used < $1.used }
        for entry in entries {
            if total > target, unlink("\(folder)/\(entry.name)") == 0 {
                total -= entry.bytes
            } else if entry.isNoted {
                MediaCache.setTime(of: "\(folder)/\(entry.name)", to: entry.used)
            }
        }
        // A file that came meanwhile may not have been seen; one that was counts twice until the next time.
        state.withLock { $0.total = total + $0.settled - settled }
    }

    /// Writes down what was used, for a stop in good order.
    package func noteUses() async {
        let isNeeded = state.withLock { !$0.uses.isEmpty || !$0.olderUses.isEmpty }
        guard isNeeded else { return }
        _ = await onWorker { self.shrink(to: .max) }
    }

    /// Removes these files.
    func remove(_ names: [String]) {
        for name in names {
            var facts = stat()
            let path = "\(folder)/\(name)"
            guard lstat(path, &facts) == 0, unlink(path) == 0 else { continue }
            state.withLock { state in
                let bytes = MediaCache.room(Int(facts.st_size) - CachedFile.markLength)
                state.total = state.total.map { max(0, $0 - bytes) }
            }
        }
    }

    /// `UTIME_OMIT`, a macro that Swift does not see: utimensat(2).
    private static let unchanged = (1 << 30) - 2

    private static func setTime(of path: String, to moment: Timestamp) {
        let seconds = moment.seconds
        let nanoseconds = (moment.milliseconds - seconds * 1_000) * 1_000_000
        var times = [
            timespec(tv_sec: 0, tv_nsec: MediaCache.unchanged),
            timespec(tv_sec: Int(seconds), tv_nsec: Int(nanoseconds)),
        ]
        // A use that is not written down makes the file look older than it is, no more.
        _ = utimensat(AT_FDCWD, path, &times, 0)
    }
}
