package import Basics
package import Connections
import Crypto
import Storage
import Synchronization

/// What the pages of the owner's connections need: export, imports, and moving.
package final class ConnectionsDesk: Sendable {
    /// How long a file waits; it may be some MiB.
    private static let patience = Duration.minutes(10)

    /// A file that was read and waits for the owner's word.
    struct Pending: Sendable {
        let ticket: String
        let kind: ConnectionKind
        let mode: Imports.Mode
        let bytes: [UInt8]
    }

    let export: Export
    let imports: Imports
    let moving: Moving
    /// One, as there is one owner; the next takes its place.
    private let pending = Mutex<Pending?>(nil)
    private let clock: Clock

    package init(export: Export, imports: Imports, moving: Moving, clock: Clock) {
        self.clock = clock
        self.export = export
        self.imports = imports
        self.moving = moving
    }

    /// Keeps the file until the owner says yes.
    ///
    /// - Returns: what the form that says so must carry.
    func keep(_ kind: ConnectionKind, _ mode: Imports.Mode, _ bytes: [UInt8]) -> String {
        let file = Pending(ticket: RandomBytes.token(bytes: 12), kind: kind, mode: mode, bytes: bytes)
        keep(file)
        return file.ticket
    }

    /// Keeps a file that was taken and could not be begun, unless another one came after it.
    func giveBack(_ file: Pending) {
        guard pending.withLock({ $0 == nil }) else { return }
        keep(file)
    }

    private func keep(_ file: Pending) {
        pending.withLock { $0 = file }
        _ = clock.after(ConnectionsDesk.patience) { [weak self] in _ = self?.take(file.ticket) }
    }

    /// The file with this ticket, which is forgotten here with that: a form that is sent twice starts one job.
    func take(_ ticket: String) -> Pending? {
        pending.withLock { pending in
            guard let found = pending, ConstantTime.equal(found.ticket, ticket) else { return nil }
            pending = nil
            return found
        }
    }
}
