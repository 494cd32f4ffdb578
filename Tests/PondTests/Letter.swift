import ActivityPub
import Basics
import Crypto
import Federation
import HTTP
import JSON
import Storage
import TestSupport

/// Something that an islet has to send, taken from its outbox.
struct Letter: Sendable {
    let url: WebURL
    var body: [UInt8]
    /// Whose key signs it.
    var keyID: String
    var key: RSAPrivateKey
    let sentAt: Timestamp

    var type: String { (try? Document(body).root)?.types.first ?? "" }
}

extension Islet {
    /// Takes all that may be sent now, as if it had been.
    func takeLetters() async throws -> [Letter] {
        var letters: [Letter] = []
        while true {
            let now = clock.now()
            let due = try read { try Deliveries.due(at: now, limit: 100, in: $0) }
            if due.isEmpty { return letters }
            for item in due {
                switch try read({ try Deliveries.turn(of: item, in: $0) }) {
                case .send(let sending):
                    if let letter = letter(sending, to: item.url) { letters.append(letter) }
                    try await store.write { tx in
                        try Deliveries.settle(item, containing: sending.contains, in: tx)
                    }
                case .cancelled(let last):
                    try await store.write { tx in try Deliveries.cancel(item, through: last, in: tx) }
                case .superseded, .gone:
                    try await store.write { tx in try Deliveries.settle(item, containing: nil, in: tx) }
                }
            }
        }
    }

    private func letter(_ sending: Deliveries.Sending, to address: String) -> Letter? {
        guard let url = WebURL(address) else { return nil }
        return Letter(
            url: url, body: sending.body,
            keyID: sending.asInstance ? identity.instanceKeyID : identity.keyID,
            key: sending.asInstance ? TestKeys.instance : TestKeys.common, sentAt: clock.now())
    }
}

extension PondHost {
    /// Takes a letter as it would come over the network.
    func answer(_ letter: Letter) async throws -> OutboundResponse {
        var post = SignedPost(to: letter.url, body: letter.body, keyID: letter.keyID, at: letter.sentAt)
        post.key = letter.key
        let request = try post.request()
        return try await answer(
            OutboundRequest(method: .post, url: letter.url, body: letter.body), fields: request.fields)
    }
}
