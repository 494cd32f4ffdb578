import HTTP
import Synchronization

/// A reader's hold on a fetch: when it is gone, so is the reader.
final class Reading: Sendable {
    let fetch: RemoteFetch

    init(_ fetch: RemoteFetch) {
        self.fetch = fetch
    }

    deinit { fetch.leave() }

    /// Waits until it is known what comes.
    ///
    /// - Returns: the state, in which nothing is asked for any more.
    func begin() async -> RemoteFetch.State {
        while true {
            let seen = fetch.news.version
            let state = fetch.look()
            guard case .asking = state.stage, !Task.isCancelled else { return state }
            await fetch.news.wait(after: seen)
        }
    }

    /// These bytes of the file, as they come; to its end if that is not known yet.
    func body(from start: Int, to end: Int?, limits: RemoteLimits) -> BodyStream {
        let place = Mutex(start)
        return BodyStream {
            let offset = place.withLock { $0 }
            if let end, offset >= end { return nil }
            while true {
                let seen = self.fetch.news.version
                let state = self.fetch.look()
                let spool: Spool
                switch state.stage {
                case .growing(let growing): spool = growing
                case .done(let whole): spool = whole
                case .failed(let failure): throw failure
                case .asking, .passing: throw RemoteFailure.gateway
                }
                if state.count > offset {
                    // Many readers take smaller pieces, so that those who are slow do not hold much together.
                    let most = min(limits.piece, max(8_192, (1 << 20) / max(1, state.readers)))
                    let count = min(most, min(state.count, end ?? .max) - offset)
                    guard let piece = spool.read(count, at: offset) else { throw RemoteFailure.gateway }
                    place.withLock { $0 = offset + piece.count }
                    return piece
                }
                if case .done = state.stage { return nil }
                guard !Task.isCancelled else { throw CancellationError() }
                await self.fetch.news.wait(after: seen)
            }
        }
    }
}
