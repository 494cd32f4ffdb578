import Basics
import HTTP
import JSON
import Storage
import Synchronization

/// What a look may still ask, and what is remembered of where it ended.
extension ThreadLook {
    /// Takes one question out of the budget; false when there is none left.
    func spend(on uri: String, isPost: Bool = false) -> Bool {
        let host = WebURL(uri)?.authority ?? ""
        noteAsked()
        let now = clock.now()
        return state.withLock { state in
            let summary = state.summary
            guard now < state.end, summary.documents < limits.documents, summary.bytes < limits.bytes,
                !isPost || summary.posts < limits.posts, state.perHost[host, default: 0] < limits.perHost
            else {
                state.summary.isCut = true
                return false
            }
            state.summary.documents += 1
            state.perHost[host, default: 0] += 1
            return true
        }
    }

    func count(_ document: JSONValue) {
        state.withLock { $0.summary.bytes += document.rawBytes.count }
    }

    func notePost() {
        state.withLock { $0.summary.posts += 1 }
    }

    /// Whether nobody in this look has asked for the address before.
    func markAsked(_ uri: String) -> Bool {
        state.withLock { $0.asked.insert(uri).inserted }
    }

    func giveWay(_ patience: Patience) {
        let gave = state.withLock { state in
            guard patience.lose() else { return false }
            state.queues.giveWay()
            return true
        }
        if gave { bell.ring() }
    }

    /// Time is over: what waits stays for the next look.
    func cut() {
        let dropped = state.withLock { state in
            if state.queues.waiting > 0 { state.summary.isCut = true }
            return state.queues.clear()
        }
        for job in dropped { drop(job, isLater: true) }
    }

    /// A collection that a budget ended is not read to its end; the next look goes on with this page.
    func markCut(_ source: Source?, at page: String?) {
        source?.state.withLock { state in
            state.isCut = true
            state.rest = state.rest ?? page
        }
    }

    /// One thing of a collection has been asked for; with the last one it counts as read.
    func finish(_ source: Source?) {
        guard let source else { return }
        let done: (isCut: Bool, rest: String?)? = source.state.withLock { state in
            state.open -= 1
            return state.open == 0 ? (state.isCut, state.rest) : nil
        }
        guard let done, !done.isCut || done.rest != nil else { return }
        state.withLock { $0.read.append((source.status, done.rest)) }
    }

    func writeDown() async throws {
        let read = state.withLock { $0.read }
        guard !read.isEmpty else { return }
        try await store.write { [clock] tx in
            for (status, rest) in read { try ReplyReads.save(status, at: clock.now(), rest: rest, in: tx) }
        }
    }
}
