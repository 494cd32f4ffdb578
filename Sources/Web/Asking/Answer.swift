import HTTP
import JSON

/// What the client API answered.
struct Answer: Sendable {
    /// The JSON; `null` for an empty body.
    let root: JSONValue
    /// The cursors of the neighbouring pages, as query items: `max_id=…` leads to older ones.
    var older: (name: String, value: String)?
    var newer: (name: String, value: String)?
    /// Whether it tells what an earlier request with the same `Idempotency-Key` made.
    let isReplayed: Bool

    /// Answers of this server may be longer than what strangers may send: forty posts with long texts.
    private static let limits: JSONLimits = {
        var limits = JSONLimits.standard
        limits.bytes = 16 << 20
        limits.nodes = 1_000_000
        return limits
    }()

    /// - Throws: `Refusal` for an answer that is none.
    init(_ response: Response) async throws {
        var bytes: [UInt8] = []
        switch response.body {
        case .bytes(let body): bytes = body
        case .stream(let pieces, _): while let piece = try await pieces.next() { bytes += piece }
        default: break
        }
        root = try Document(bytes.isEmpty ? Array("null".utf8) : bytes, limits: Answer.limits).root
        guard 200..<300 ~= response.status.code else {
            let reason = root["error_description"]?.string ?? root["error"]?.string
            throw Refusal(response.status, reason ?? response.status.reason)
        }
        older = Answer.cursor("next", in: response.fields["Link"])
        newer = Answer.cursor("prev", in: response.fields["Link"])
        isReplayed = response.fields["Idempotent-Replayed"] != nil
    }

    var elements: [JSONValue] { root.elements }

    /// The cursor in `<https://host/path?limit=20&max_id=42>; rel="next"`.
    private static func cursor(_ relation: String, in field: String?) -> (name: String, value: String)? {
        guard let field else { return nil }
        for link in field.split(separator: ",") where link.contains("rel=\"\(relation)\"") {
            let address = link.drop { $0 != "?" }.dropFirst().prefix { $0 != ">" }
            for item in address.split(separator: "&") {
                let name = item.prefix { $0 != "=" }
                guard ["max_id", "min_id", "since_id"].contains(name) else { continue }
                return (String(name), String(item.dropFirst(name.count + 1)))
            }
        }
        return nil
    }
}
