import HTTP
import JSON

/// A reader that came by WebSocket: says what is asked of it, and sends what waits for it.
struct StreamSocket: Sendable {
    let seat: StreamSeat
    let channel: WebSocketChannel

    private var reader: StreamReader { seat.reader }

    /// Serves until one side closes.
    ///
    /// - Parameter first: what the address asked for already.
    func run(_ first: (@Sendable () throws -> StreamSubscription)?) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await sendMessages() }
            // Beside the sender, which may wait for an app that takes nothing.
            group.addTask { await channel.close(await reader.ended().rawValue) }
            if let first { await answer { try reader.subscribe(to: first()) } }
            while let message = await channel.receive() {
                guard case .text(let text) = message else {
                    await channel.close(1003)
                    break
                }
                await answer {
                    switch try StreamCommand(text) {
                    case .subscribe(let subscription): try reader.subscribe(to: subscription)
                    case .unsubscribe(let stream): reader.unsubscribe(from: stream)
                    case .nothing: break
                    }
                }
            }
            reader.end(.gone)
        }
    }

    private func sendMessages() async {
        while case .message(let message, let label) = await reader.next() {
            do {
                try await channel.send(.text(message.frame(on: label)))
            } catch {
                return reader.end(.gone)
            }
        }
    }

    /// Does what was asked, or sends why not.
    private func answer(_ act: () throws -> Void) async {
        do {
            try act()
        } catch {
            let refusal = APIError(error)
            var writer = JSONWriter(capacity: 128)
            writer.object { writer in
                writer.field("error", refusal.message)
                writer.field("status", refusal.status.code)
            }
            // Whoever is gone is noticed by the next message.
            try? await channel.send(.text(String(decoding: writer.bytes, as: UTF8.self)))
        }
    }
}
