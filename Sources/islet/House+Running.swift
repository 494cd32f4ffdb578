import Basics
import Connections
import Federation
import MastodonAPI
import Media
import Net
import Storage

extension House {
    /// Works until cancelled, which is how the program stops.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                await health.clockIsRight(log: log)
                await runByTheClock()
            }
            group.addTask { await profiles.run() }
            group.addTask { await threads.run() }
            group.addTask { await linkPreviews.run() }
            group.addTask { await indexer.run() }
            group.addTask { await files.run() }
            group.addTask { await errands.run { await self.run($0) } }
            group.addTask { await housekeeping.run() }
            group.addTask { await api.runStreams() }
        }
    }

    /// What signs, sends or closes something by the date, and so waits for one that can be right.
    private func runByTheClock() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await deliveryWorker.run() }
            group.addTask { await fetchWorker.run() }
            group.addTask {
                // A board without a battery wakes up at the time of its last stop, and would see nothing missed.
                if catchUp.mayDependOnTheClock { await health.clockIsSynchronised(log: log) }
                await catchUp.run()
            }
            group.addTask { await polls.run() }
            group.addTask { await scheduledPosts.run() }
            // Push services refuse tokens from another time, which would end the subscription.
            group.addTask { await pushes.run() }
            group.addTask { await links.run() }
            group.addTask { await importWorker.run() }
        }
    }
}
