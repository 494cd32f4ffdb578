import Basics
import HTTP
import Synchronization

/// The last few answers to the owner's own questions, good until anything is committed.
///
/// Apps ask for the same things again and again, several of them at once when somebody comes home. What they ask
/// is answered from here as long as `Store.version` says that nothing changed.
final class AnswerCache: Sendable {
    /// Answers that are kept, how large each may be, and all together, in bytes.
    private static let entries = 24
    private static let largest = 128 << 10
    private static let most = 384 << 10
    /// Some of what is shown depends on the time: a mute ends without a commit.
    private static let lifetime = Duration.seconds(30)

    private struct Entry {
        let question: String
        let made: Timestamp
        let answer: Response
        let size: Int
    }

    private struct State {
        var version: Int64 = 0
        /// The one that was asked for last at the end.
        var entries: [Entry] = []
        var size = 0

        mutating func remove(_ index: Int) {
            size -= entries.remove(at: index).size
        }
    }

    private let state = Mutex(State())

    /// The answer to `question`, unless it has to be made.
    func answer(to question: String, at now: Timestamp, version: Int64) -> Response? {
        state.withLock { state in
            guard state.version == version,
                let index = state.entries.lastIndex(where: { $0.question == question })
            else { return nil }
            let entry = state.entries[index]
            guard entry.made <= now, now < entry.made + AnswerCache.lifetime else {
                state.remove(index)
                return nil
            }
            if index != state.entries.count - 1 {
                state.entries.remove(at: index)
                state.entries.append(entry)
            }
            return entry.answer
        }
    }

    /// Keeps what was made when the store was at `version`, or later.
    func keep(_ answer: Response, to question: String, at now: Timestamp, version: Int64) {
        guard answer.status == .ok, let length = answer.body.length, length <= AnswerCache.largest else {
            return
        }
        state.withLock { state in
            if state.version != version { state = State(version: version) }
            if let known = state.entries.firstIndex(where: { $0.question == question }) {
                state.remove(known)
            }
            while state.entries.count >= AnswerCache.entries
                || !state.entries.isEmpty && state.size + length > AnswerCache.most
            {
                state.remove(0)
            }
            state.entries.append(Entry(question: question, made: now, answer: answer, size: length))
            state.size += length
        }
    }
}
