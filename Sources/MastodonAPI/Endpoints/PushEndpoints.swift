import Basics
import Crypto
import Federation
import HTTP
import JSON
import Storage

/// What an app is pushed, <https://docs.joinmastodon.org/methods/push/>.
extension ClientAPI {
    var pushEndpoints: [Endpoint] {
        let path = "/api/v1/push/subscription"
        return [
            Endpoint(.post, path, .owner("push"), subscribe),
            Endpoint(.get, path, .owner("push")) { call in
                try subscription(of: call.token, server: try store.read(PushKey.publicText))
            },
            Endpoint(.delete, path, .owner("push")) { call in
                if let token = call.token?.id {
                    try await store.write { tx in try PushSubscriptions.remove(token: token, in: tx) }
                }
                return .emptyObject
            },
            Endpoint(.delete, "/api/web/push_subscriptions/:id", .open, unsubscribe),
        ] + Endpoint.update(path, .owner("push"), changeSubscription)
    }

    private func subscribe(_ call: Call) async throws -> Response {
        // Every message carries the token, so that the app knows which account it is for.
        guard let token = call.token, let secret = call.secret else { throw APIError.unauthorized }
        let asked = call.parameters["subscription"]
        guard let endpoint = asked?["endpoint"]?.string, resolver.acceptsService(endpoint) else {
            throw APIError.invalid("Endpoint is not a valid URL")
        }
        let key = asked?["keys"]?["p256dh"]?.string.flatMap(Base64.decodeLenient) ?? []
        let auth = asked?["keys"]?["auth"]?.string.flatMap(Base64.decodeLenient) ?? []
        guard (try? PushEncryption.Recipient(key: key, auth: auth)) != nil else {
            throw APIError.invalid("Key p256dh and key auth are not those of a subscription")
        }
        let subscription = PushSubscription(
            token: token.id, accessToken: secret, endpoint: endpoint, key: key, auth: auth,
            isStandard: asked?["standard"]?.bool ?? false, alerts: ClientAPI.alerts(in: call) ?? [],
            policy: try ClientAPI.policy(in: call) ?? .all)
        let now = clock.now()
        try await store.write { tx in
            // It may have been revoked meanwhile, and nobody could end what is stored now.
            guard try OAuthTokens.contains(token.id, in: tx) else { throw APIError.unauthorized }
            try PushSubscriptions.save(subscription, at: now, in: tx)
        }
        return try self.subscription(of: token, server: try store.read(PushKey.publicText))
    }

    private func changeSubscription(_ call: Call) async throws -> Response {
        guard let token = call.token else { throw APIError.unauthorized }
        let alerts = ClientAPI.alerts(in: call)
        let policy = try ClientAPI.policy(in: call)
        try await store.write { tx in
            guard let known = try PushSubscriptions.find(token: token.id, in: tx) else {
                throw APIError.notFound
            }
            try PushSubscriptions.change(
                token: token.id, alerts: alerts ?? known.alerts, policy: policy ?? known.policy, in: tx)
        }
        return try subscription(of: token, server: try store.read(PushKey.publicText))
    }

    /// Ends a subscription for whoever was given its address, which is its push service.
    private func unsubscribe(_ call: Call) async throws -> Response {
        let signed = call.request.parameters["id"] ?? ""
        guard let id = PushLink.number(in: signed),
            let subscription = try store.read({ try PushSubscriptions.find(id, in: $0) }),
            PushLink.isGood(signed, for: subscription)
        else { throw APIError.notFound }
        try await store.write { tx in
            try Pushes.abandon(id, endpoint: subscription.endpoint, in: tx)
        }
        return .emptyObject
    }

    /// What is asked for replaces all that was before; nil when nothing is said of it.
    private static func alerts(in call: Call) -> PushSubscription.Alerts? {
        guard let asked = call.parameters["data"]?["alerts"] else { return nil }
        return PushAlerts.all.reduce(into: []) { alerts, known in
            if asked[known.name]?.bool == true { alerts.insert(known.alert) }
        }
    }

    /// Apps put it beside `data` or into it; nil when it is nowhere.
    ///
    /// - Throws: 422 for a word that is none of the four.
    private static func policy(in call: Call) throws -> PushSubscription.Policy? {
        let texts = [call.parameters["data"]?["policy"]?.string, call.parameters["policy"]?.string]
        guard let text = texts.lazy.compactMap({ $0 }).first(where: { !$0.isEmpty }) else { return nil }
        guard let policy = PushSubscription.Policy(text) else {
            throw APIError.invalid("Policy must be one of all, followed, follower and none")
        }
        return policy
    }

    /// <https://docs.joinmastodon.org/entities/WebPushSubscription/>
    private func subscription(of token: OAuthTokens.Token?, server: String) throws -> Response {
        guard let token, let known = try store.read({ try PushSubscriptions.find(token: token.id, in: $0) })
        else { throw APIError.notFound }
        return .json(capacity: 768) { writer in
            writer.object { writer in
                // A number, other than Mastodon's documentation says.
                writer.field("id", known.id)
                writer.field("endpoint", known.endpoint)
                writer.field("standard", known.isStandard)
                writer.object("alerts") { writer in
                    for (name, alert) in PushAlerts.all {
                        writer.field(name, known.alerts.contains(alert))
                    }
                }
                writer.field("server_key", server)
                writer.field("policy", known.policy.name)
            }
        }
    }
}
