import Basics
import HTTP
import Storage
import Synchronization

/// The last few answers to the owner's own questions, good until anything is committed.
///
/// Apps ask for the same page again and again, several of them at once when somebody comes home. What they ask
/// is answered from here as long as `DataVersion` says that nothing changed.
final class AnswerCache: Sendable {
    /// Answers that are kept, and how large each may be in bytes: at most 384 KiB altogether.
    private static let entries = 3
    private static let largest = 128 << 10
    /// Some of what is shown depends on the time: a mute ends without a commit.
    private static let lifetime = Duration.seconds(30)

    private struct Entry {
        let question: String
        let version: Int64
        let made: Timestamp
        let answer: Response
    }

    private let kept = Mutex<[Entry]>([])

    /// The answer to `question` (path and query as they came), made by `make` unless it is here.
    func answer(
        to question: String, at now: Timestamp, in snapshot: Snapshot, make: () throws -> Response
    ) throws -> Response {
        let version = try DataVersion.current(in: snapshot)
        let known = kept.withLock { entries in
            entries.first { entry in
                entry.version == version && entry.question == question && entry.made <= now
                    && now < entry.made + AnswerCache.lifetime
            }?.answer
        }
        if let known { return known }
        let answer = try make()
        guard let length = answer.body.length, length <= AnswerCache.largest else { return answer }
        kept.withLock { entries in
            entries.removeAll { $0.version != version || $0.question == question }
            if entries.count == AnswerCache.entries { entries.removeFirst() }
            entries.append(Entry(question: question, version: version, made: now, answer: answer))
        }
        return answer
    }
}
