import ActivityPub
package import Basics
import Crypto
package import Federation
package import HTTP
package import JSON
import Synchronization

/// A scripted remote server: documents that it serves, inboxes that write down what they get.
package final class Stranger: PondHost {
    /// How it answers a delivery, or a question for a document.
    package enum Manner: Sendable {
        case status(Status, Fields)
        /// No answer until the gate opens.
        case hang(Gate)
        case fail(SendError)

        package static func status(_ status: Status) -> Manner { .status(status, Fields()) }
    }

    /// An activity that came.
    package struct Received: Sendable {
        package let path: String
        package let body: [UInt8]
        /// Whether the signature holds, made with the key of an owner.
        package let isSigned: Bool
        package let type: String
        package let document: JSONValue?
    }

    private struct Served {
        var type: String
        var body: String
    }

    private struct State {
        var documents: [String: Served] = [:]
        var redirects: [String: String] = [:]
        var manners: [String: Manner] = [:]
        var inbox = Manner.status(.accepted)
        var required: (scheme: SignatureScheme, refusal: Status)?
        var received: [Received] = []
        var asked: [String] = []
        var attempts: [Timestamp] = []
    }

    package let host: String
    package var origin: String { "https://\(host)" }
    private let clock: ManualClock
    private let state = Mutex(State())

    init(host: String, clock: ManualClock) {
        self.host = host
        self.clock = clock
    }

    // MARK: - What it has

    /// Serves a document at a path (with its query).
    package func serve(_ path: String, _ body: String, type: String = "application/activity+json") {
        state.withLock { $0.documents[path] = Served(type: type, body: body) }
    }

    package func withdraw(_ path: String) {
        state.withLock { $0.documents[path] = nil }
    }

    /// Sends whoever asks for the path elsewhere.
    package func redirect(_ path: String, to address: String) {
        state.withLock { $0.redirects[path] = address }
    }

    /// How questions for this path are answered instead of with a document; nil for as before.
    package func answer(_ path: String, _ manner: Manner?) {
        state.withLock { $0.manners[path] = manner }
    }

    /// How deliveries are answered from now on.
    package func answerDeliveries(_ manner: Manner) {
        state.withLock { $0.inbox = manner }
    }

    /// Takes only requests that are signed in this way, and answers others so.
    package func requireSignature(_ scheme: SignatureScheme, orAnswer refusal: Status) {
        state.withLock { $0.required = (scheme, refusal) }
    }

    /// Somebody who lives here, with a document and a WebFinger answer.
    package func resident(
        _ name: String, sharesInbox: Bool = true, isLocked: Bool = false
    ) -> StrangerActor {
        let actor = StrangerActor(host: self, name: name, sharesInbox: sharesInbox, isLocked: isLocked)
        actor.publish()
        return actor
    }

    // MARK: - What it saw

    /// Deliveries that it took, in order.
    package var received: [Received] { state.withLock { $0.received } }
    /// Paths that were asked for, in order.
    package var asked: [String] { state.withLock { $0.asked } }
    /// When deliveries were tried, taken or not.
    package var attempts: [Timestamp] { state.withLock { $0.attempts } }

    package func forget() {
        state.withLock { state in
            state.received = []
            state.asked = []
            state.attempts = []
        }
    }

    // MARK: - Answering

    package func answer(_ request: OutboundRequest, fields: Fields) async throws(SendError)
        -> OutboundResponse
    {
        if let refusal = refusal(of: fields) {
            state.withLock { state in
                if request.method == .post {
                    state.attempts.append(clock.now)
                } else {
                    state.asked.append(request.url.requestTarget)
                }
            }
            return OutboundResponse(status: refusal, url: request.url)
        }
        return request.method == .post ? try take(request, fields) : try tell(request)
    }

    private func refusal(of fields: Fields) -> Status? {
        guard let required = state.withLock({ $0.required }) else { return nil }
        let isMessageSignature = fields.contains("Signature-Input")
        return isMessageSignature == (required.scheme == .messageSignature) ? nil : required.refusal
    }

    /// The gate at which this request has to wait.
    func gate(for request: OutboundRequest) -> Gate? {
        let manner = state.withLock { state in
            request.method == .post ? state.inbox : state.manners[request.url.requestTarget]
        }
        if case .hang(let gate) = manner { return gate }
        return nil
    }

    private func take(_ request: OutboundRequest, _ fields: Fields) throws(SendError) -> OutboundResponse {
        let manner = state.withLock { state in
            state.attempts.append(clock.now)
            return state.inbox
        }
        let response = try Stranger.respond(manner, to: request)
        guard (200..<300).contains(response.status.code) else { return response }
        let document = try? Document(request.body).root
        let received = Received(
            path: request.url.path, body: request.body, isSigned: isSigned(request, fields),
            type: document?.types.first ?? "", document: document)
        state.withLock { $0.received.append(received) }
        return response
    }

    private func isSigned(_ request: OutboundRequest, _ fields: Fields) -> Bool {
        let signed = SignedRequest(
            method: request.method, target: request.url.requestTarget, host: host, fields: fields,
            body: request.body)
        guard let verifier = try? SignatureVerifier(signed, now: clock.now.seconds) else { return false }
        let owner = ObjectID.documentURL(of: verifier.keyID.text)
        return (try? verifier.verify(key: TestKeys.common.publicKey, keyOwner: owner)) != nil
    }

    private func tell(_ request: OutboundRequest) throws(SendError) -> OutboundResponse {
        let target = request.url.requestTarget
        let (manner, served, elsewhere) = state.withLock { state in
            state.asked.append(target)
            return (state.manners[target], state.documents[target], state.redirects[target])
        }
        if let manner { return try Stranger.respond(manner, to: request) }
        if let elsewhere {
            return OutboundResponse(status: .found, fields: ["Location": elsewhere], url: request.url)
        }
        guard let served else { return OutboundResponse(status: .notFound, url: request.url) }
        return OutboundResponse(
            status: .ok, fields: ["Content-Type": served.type], body: Array(served.body.utf8),
            url: request.url)
    }

    private static func respond(
        _ manner: Manner, to request: OutboundRequest
    ) throws(SendError) -> OutboundResponse {
        switch manner {
        case .status(let status, let fields):
            return OutboundResponse(status: status, fields: fields, url: request.url)
        case .hang:
            // The pond has waited already.
            throw .timedOut
        case .fail(let error):
            throw error
        }
    }
}
