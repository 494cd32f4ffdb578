import Basics
import SQLite
import Synchronization

/// The number of a row, which knows of which table. As text it is the id that apps see.
package struct ID<Table>: Hashable, Comparable, Sendable, BindableValue, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }

    /// Reads decimal digits; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let digits = text.utf8
        guard !digits.isEmpty, digits.count <= 19, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let value = Int64(text)
        else { return nil }
        self.value = value
    }

    package var description: String { String(value) }

    package static func < (left: ID, right: ID) -> Bool { left.value < right.value }

    package func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        value.bind(to: statement, at: index)
    }
}

package typealias ActorID = ID<Actors>
package typealias StatusID = ID<Statuses>
package typealias AttachmentID = ID<Attachments>
package typealias NotificationID = ID<Notifications>
package typealias ListID = ID<Lists>
package typealias ConversationID = ID<Conversations>
package typealias ScheduledStatusID = ID<ScheduledStatuses>
package typealias FilterID = ID<Filters>
package typealias FilterKeywordID = ID<FilterKeywords>
package typealias FilterStatusID = ID<FilterStatuses>
package typealias ImportJobID = ID<ImportJobs>

/// Makes ids that grow with time: 18 digits until the year 2453, so that the order of the text is the order of
/// the numbers, which some apps rely on.
enum IDs {
    /// 2018-06-01T00:00:00Z: whatever is older is numbered as if it were from then, or it would have 17 digits.
    static let earliest = Timestamp(milliseconds: 1_527_811_200_000)

    private static let sequence = Mutex(IDSequence(start: Int64.random(in: 0..<65_536)))

    static func next(at moment: Timestamp) -> Int64 {
        sequence.withLock { $0.next(at: max(moment, earliest)) }
    }
}

/// Numbers with milliseconds in the upper 47 bits and a running number in the lower 16.
///
/// Of two that are made for one moment, one right after the other, the second is the larger, also when the running
/// number begins anew.
struct IDSequence: Sendable {
    private var running: Int64
    private var last: Int64 = 0

    init(start: Int64) {
        running = start
    }

    mutating func next(at moment: Timestamp) -> Int64 {
        running = (running + 1) & 0xFFFF
        let id = moment.milliseconds << 16 | running
        last = id <= last && last - id < 1 << 17 ? last + 1 : id
        return last
    }
}

/// Sixty-four bits of an address, for indexes: FNV-1a. Collisions are expected and checked by whoever looks up.
enum URIHash {
    static func of(_ uri: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in uri.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}

extension Sequence {
    /// The ids as a JSON array, for `json_each`, so that any number of them is one statement.
    func asJSON<Table>() -> String where Element == ID<Table> {
        "[" + map(\.description).joined(separator: ",") + "]"
    }
}
