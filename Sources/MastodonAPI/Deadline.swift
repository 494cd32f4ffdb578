import Basics

/// What `work` finds within `limit`, or nil; then it is cancelled, and answered for when it has heard that.
func within<Found: Sendable>(
    _ limit: Duration, _ clock: Clock, _ work: @escaping @Sendable () async -> Found?
) async -> Found? {
    await withTaskGroup(of: Found?.self) { group in
        group.addTask { await work() }
        group.addTask {
            await Doorbell().wait(atMost: limit, clock: clock)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
}
