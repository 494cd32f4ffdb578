import HTTP
import JSON
import Storage
import Synchronization

/// The thread around a post, made in pieces while it is sent: a long one takes megabytes that nobody needs at once.
///
/// Which posts are in it is decided before; one that is deleted meanwhile is left out.
final class ThreadBody: Sendable {
    /// Posts of one piece.
    static let slice = 100

    private enum Piece: Sendable {
        case text(String)
        case posts(ArraySlice<StatusID>, isFirst: Bool)
    }

    private let pieces: Mutex<[Piece]>
    private let write: @Sendable (ArraySlice<StatusID>) throws -> [UInt8]

    /// - Parameter write: makes a JSON array of posts.
    init(
        ancestors: [StatusID], descendants: [StatusID],
        write: @escaping @Sendable (ArraySlice<StatusID>) throws -> [UInt8]
    ) {
        let pieces =
            [.text(#"{"ancestors":["#)] + ThreadBody.slices(ancestors) + [.text(#"],"descendants":["#)]
            + ThreadBody.slices(descendants) + [.text("]}")]
        self.pieces = Mutex(pieces.reversed())
        self.write = write
    }

    private static func slices(_ ids: [StatusID]) -> [Piece] {
        stride(from: 0, to: ids.count, by: slice).map { start in
            .posts(ids[start..<min(start + slice, ids.count)], isFirst: start == 0)
        }
    }

    var body: BodyStream { BodyStream { try self.next() } }

    private func next() throws -> [UInt8]? {
        while let piece = pieces.withLock({ $0.popLast() }) {
            switch piece {
            case .text(let text): return Array(text.utf8)
            case .posts(let ids, let isFirst):
                // Without the brackets that the whole has once.
                let list = try write(ids).dropFirst().dropLast()
                if list.isEmpty { continue }
                return isFirst ? Array(list) : [UInt8(ascii: ",")] + list
            }
        }
        return nil
    }
}
