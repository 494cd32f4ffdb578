package import Connections
import Crypto
import Storage
import Synchronization

/// What the pages of the owner's connections need: export, imports, and moving.
package final class ConnectionsDesk: Sendable {
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

    package init(export: Export, imports: Imports, moving: Moving) {
        self.export = export
        self.imports = imports
        self.moving = moving
    }

    /// Keeps the file until the owner says yes.
    ///
    /// - Returns: what the form that says so must carry.
    func keep(_ kind: ConnectionKind, _ mode: Imports.Mode, _ bytes: [UInt8]) -> String {
        let ticket = RandomBytes.token(bytes: 12)
        pending.withLock { $0 = Pending(ticket: ticket, kind: kind, mode: mode, bytes: bytes) }
        return ticket
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
