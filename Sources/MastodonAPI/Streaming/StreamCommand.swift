import JSON

/// What an app says on an open WebSocket, <https://docs.joinmastodon.org/methods/streaming/#websocket>.
enum StreamCommand {
    case subscribe(StreamSubscription)
    case unsubscribe(StreamName)
    /// Something that is not for us.
    case nothing

    /// Apps send a few short texts.
    private static let limits = JSONLimits(
        depth: 4, bytes: 65_536, nodes: 256, stringBytes: 4_096, arrayElements: 64)

    /// - Throws: 400 for what is no JSON or names no stream, 404 for a list that is none.
    init(_ text: String) throws {
        let said: JSONValue
        do {
            said = try Document(Array(text.utf8), limits: StreamCommand.limits).root
        } catch {
            throw APIError.badRequest("Invalid JSON")
        }
        let type = said["type"]?.string
        guard type == "subscribe" || type == "unsubscribe" else {
            self = .nothing
            return
        }
        let subscription = try StreamSubscription(
            StreamCommand.text(said["stream"]) ?? "", tag: StreamCommand.text(said["tag"]),
            list: StreamCommand.text(said["list"]), onlyMedia: said["only_media"]?.bool ?? false)
        self = type == "subscribe" ? .subscribe(subscription) : .unsubscribe(subscription.stream)
    }

    /// A text or a number, or the first one of several.
    private static func text(_ value: JSONValue?) -> String? {
        let value = value?.elements.first ?? value
        return value?.string ?? value?.int.map { String($0) }
    }
}
