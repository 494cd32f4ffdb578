import Synchronization

/// Whether a job has taken so long that it no longer holds up others.
final class Patience: Sendable {
    private enum Stage {
        case waiting, lost, over
    }

    private let stage = Mutex(Stage.waiting)

    /// `true` when the job goes on but has become slow.
    func lose() -> Bool {
        stage.withLock { stage in
            guard stage == .waiting else { return false }
            stage = .lost
            return true
        }
    }

    /// Ends it; `true` when it was slow.
    func end() -> Bool {
        stage.withLock { stage in
            defer { stage = .over }
            return stage == .lost
        }
    }
}
