import HTTP
import Synchronization

/// A file on its way from another server to a reader, of which nothing is kept.
final class PassedBody: Sendable {
    private let answer: RemoteAnswer
    private let slot: FetchSlots.Slot
    private let count = Mutex(0)
    private let most: Int

    init(_ answer: RemoteAnswer, _ slot: FetchSlots.Slot, most: Int) {
        self.answer = answer
        self.slot = slot
        self.most = most
        slot.attach { [weak answer] in answer?.close() }
    }

    var stream: BodyStream { BodyStream { try await self.next() } }

    private func next() async throws -> [UInt8]? {
        guard let piece = try await answer.next() else {
            // Shorter than it was said to be: the reader must not take it for the whole.
            guard count.withLock({ $0 }) == answer.announced ?? count.withLock({ $0 }) else {
                throw RemoteFailure.gateway
            }
            return nil
        }
        let isTooMuch = count.withLock { count in
            count += piece.count
            return count > most
        }
        if isTooMuch { throw RemoteFailure.tooLarge }
        return piece
    }
}
