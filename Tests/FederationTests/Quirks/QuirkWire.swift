import Basics
import Crypto
import Federation
import HTTP
import Synchronization
import TestSupport

/// A network of one closure, which writes down what is sent as it goes out, signatures included.
final class QuirkWire: Sendable {
    struct Asked: Sendable {
        var request: OutboundRequest
        var fields: Fields
    }

    private let log = Mutex<[Asked]>([])
    private let answer: @Sendable (Asked) -> OutboundResponse

    init(_ answer: @escaping @Sendable (Asked) -> OutboundResponse) {
        self.answer = answer
    }

    var asked: [Asked] { log.withLock { $0 } }

    /// What somebody answers with a document.
    static func document(_ body: String, to asked: Asked) -> OutboundResponse {
        OutboundResponse(
            status: .ok, fields: ["Content-Type": "application/activity+json"], body: Array(body.utf8),
            url: asked.request.url)
    }

    static func status(_ code: Int, to asked: Asked) -> OutboundResponse {
        OutboundResponse(status: HTTP.Status(code), url: asked.request.url)
    }

    /// A reader of documents of this islet that asks here.
    func fetcher(of islet: Islet) -> Fetcher {
        let signing = Signing(
            identity: islet.identity, ownerKey: TestKeys.common.pem, instanceKey: TestKeys.instance.pem,
            worker: Worker(name: "signing", threads: 1, limit: 16), clock: islet.clock)
        let knock = Knock(
            send: send, signing: signing, manners: HostManners(store: islet.store, clock: islet.clock),
            clock: islet.clock)
        return Fetcher(knock: knock, userAgent: "Islet/test", plainHTTPAllowed: false, clock: islet.clock)
    }

    private var send: SendRequest {
        { request async throws(SendError) in
            var fields = request.fields
            if let prepare = request.prepare {
                for field in try await prepare(request.url) { fields[field.name] = field.value }
            }
            let asked = Asked(request: request, fields: fields)
            self.log.withLock { $0.append(asked) }
            return self.answer(asked)
        }
    }
}
