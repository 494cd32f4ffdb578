import HTTP
import JSON
import Storage

/// What happens to notifications from strangers, <https://docs.joinmastodon.org/methods/notifications/#get-policy>.
extension ClientAPI {
    var notificationPolicyEndpoints: [Endpoint] {
        let (v1, v2) = ("/api/v1/notifications/policy", "/api/v2/notifications/policy")
        return [
            Endpoint(.get, v2, .owner("read:notifications")) { _ in try policy(PolicyEntity.write) },
            Endpoint(.get, v1, .owner("read:notifications")) { _ in try policy(PolicyEntity.writeOld) },
        ]
            + Endpoint.update(v2, .owner("write:notifications")) { call in
                let changes = try PolicyEntity.changes(call.parameters)
                try await change { policy in for (origin, action) in changes { policy[origin] = action } }
                return try policy(PolicyEntity.write)
            }
            + Endpoint.update(v1, .owner("write:notifications")) { call in
                let changes = PolicyEntity.oldChanges(call.parameters)
                try await change { policy in
                    // An app that knows only on and off does not undo what another one set more strictly.
                    for (origin, isHeld) in changes where isHeld != (policy[origin] != .accept) {
                        policy[origin] = isHeld ? .filter : .accept
                    }
                }
                return try policy(PolicyEntity.writeOld)
            }
    }

    private func change(_ body: @escaping @Sendable (inout NotificationPolicy) -> Void) async throws {
        try await store.write { tx in
            var policy = try NotificationPolicy.load(in: tx)
            body(&policy)
            try policy.save(in: tx)
        }
    }

    private func policy(
        _ write: (NotificationPolicy, (requests: Int, notifications: Int), inout JSONWriter) -> Void
    ) throws -> Response {
        try store.read { snapshot in
            let policy = try NotificationPolicy.load(in: snapshot)
            let summary = try NotificationRequests.summary(in: snapshot)
            return .json(capacity: 512) { writer in write(policy, summary, &writer) }
        }
    }
}
