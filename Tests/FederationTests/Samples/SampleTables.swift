import Basics
import Federation
import Storage
import TestSupport

/// The tables of what is more than text: polls, quotes, reports. In one place, because they came last.
enum SampleTables {
    /// Makes a poll of a post of the owner's that stays open for a day.
    static func ask(_ options: [String], at status: StatusID, of islet: Islet) async throws {
        let now = islet.clock.now()
        try await islet.store.write { tx in
            try Polls.save(
                Poll(
                    status: status, isMultiple: false, endsAt: now + .days(1),
                    options: options.map { Poll.Option(name: $0, votes: 0) }, readAt: now), in: tx)
        }
    }

    static func poll(of status: StatusID, in snapshot: Snapshot) throws -> Poll? {
        try Polls.find(status, in: snapshot)
    }

    static func votes(of status: StatusID, in snapshot: Snapshot) throws -> [String: Int] {
        let options = try Polls.find(status, in: snapshot)?.options ?? []
        return Dictionary(options.map { ($0.name, $0.votes) }, uniquingKeysWith: { $0 + $1 })
    }

    static func quoted(by status: StatusID, in snapshot: Snapshot) throws -> String? {
        try Quotes.find(status, in: snapshot)?.quotedURI
    }

    static func reports(in snapshot: Snapshot) throws -> [String] {
        try Reports.newest(10, in: snapshot).map(\.content)
    }
}
