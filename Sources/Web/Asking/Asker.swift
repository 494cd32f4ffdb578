import HTTP
import JSON
import MastodonAPI
import Media

/// Asks the client API in the same process, as the owner's session or as a visitor.
///
/// The pages are one more app: what may be done, by whom, and what it means is decided in one place.
struct Asker: Sendable {
    private let api: ClientAPI
    /// The secret of the owner's session; nil for visitors.
    private let secret: String?
    /// Whose wish it is: their address counts where attempts are counted.
    private let cause: Request

    init(_ api: ClientAPI, secret: String? = nil, cause: Request) {
        self.api = api
        self.secret = secret
        self.cause = cause
    }

    /// - Parameters:
    ///   - path: with its parts percent-encoded.
    ///   - query: names and values as they are.
    /// - Throws: `Refusal` with what the API says against it.
    func get(_ path: String, _ query: [(String, String)] = []) async throws -> Answer {
        var answer = try await send(.get, query.isEmpty ? path : "\(path)?\(Asker.encode(query))", [])
        // Nothing is newer than the beginning of a list.
        if !query.contains(where: { Cursor.names.contains($0.0) }) { answer.newer = nil }
        return answer
    }

    func post(_ path: String, _ form: [(String, String)] = []) async throws -> Answer {
        try await send(.post, path, form)
    }

    /// - Parameters:
    ///   - fields: of the head, such as `Idempotency-Key`.
    ///   - files: that lie here already, for what takes files.
    func send(
        _ method: Method, _ target: String, _ form: [(String, String)], fields: [(String, String)] = [],
        files: [String: StoredFile] = [:]
    ) async throws -> Answer {
        var head = Fields(fields)
        if let secret { head.append("Authorization", "Bearer \(secret)") }
        var body: [UInt8] = []
        if !form.isEmpty {
            head.append("Content-Type", "application/x-www-form-urlencoded")
            body = Array(Asker.encode(form).utf8)
        }
        let address: Target
        do {
            address = try Target(Array(target.utf8))
        } catch {
            // A name that was typed or comes from an address, and that no path of the API can have.
            throw Refusal(.notFound, "Not found")
        }
        let request = Request(
            method: method, target: address, fields: head, body: .bytes(body),
            peer: cause.peer, isSecure: cause.isSecure, id: cause.id)
        let answer =
            try await files.isEmpty ? api.answer(request) : api.answer(request, with: files)
        guard let response = answer else { throw Refusal(.notFound, "Not found") }
        return try await Answer(response)
    }

    private static func encode(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(PercentCoding.encodeQuery($0.0))=\(PercentCoding.encodeQuery($0.1))" }
            .joined(separator: "&")
    }
}

/// What the API has against a wish, in words for people.
struct Refusal: Error, Hashable {
    let status: Status
    let reason: String

    init(_ status: Status, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}
