import ActivityPub
import Storage

/// The owner of a thread passes on what somebody said in it: an activity added to the thread's collection, FEP-171b.
struct InboundContextAdd: InboundActivity {
    private let inner: InboundForwarded

    init?(_ activity: Activity, reading: InboxReading) {
        guard activity.target != nil, let added = activity.objectActivity,
            let inner = InboundForwarded(added, reading: reading)
        else { return nil }
        self.inner = inner
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        try inner.needs(in: snapshot, reading)
    }

    func apply(_ context: InboxContext) throws {
        try inner.apply(context)
    }
}
