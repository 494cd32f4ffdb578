import Basics
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
                await deliveryWorker.run()
            }
            group.addTask {
                await health.clockIsRight(log: log)
                await fetchWorker.run()
            }
            group.addTask {
                await health.clockIsRight(log: log)
                // A board without a battery wakes up at the time of its last stop, and would see nothing missed.
                if catchUp.mayDependOnTheClock { await health.clockIsSynchronised(log: log) }
                await catchUp.run()
            }
            group.addTask { await profiles.run() }
            group.addTask {
                await health.clockIsRight(log: log)
                await polls.run()
            }
            group.addTask {
                await health.clockIsRight(log: log)
                await scheduledPosts.run()
            }
            group.addTask {
                // Push services refuse tokens from another time, which would end the subscription.
                await health.clockIsRight(log: log)
                await pushes.run()
            }
            group.addTask {
                await health.clockIsRight(log: log)
                await links.run()
            }
            group.addTask { await threads.run() }
            group.addTask { await linkPreviews.run() }
            group.addTask { await indexer.run() }
            group.addTask { await files.run() }
            group.addTask { await errands.run { await self.run($0) } }
            group.addTask { await housekeeping.run() }
            group.addTask { await api.runStreams() }
        }
    }
}
