import Basics
import Federation
import HTTP
import JSON
import Markup
import Media
import Storage

/// What kind of server this is, <https://docs.joinmastodon.org/methods/instance/>.
extension ClientAPI {
    var instanceEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/instance", .open) { _ in
                let entity = try instance()
                return .json(capacity: 4_096) { writer in entity.writeV1(to: &writer) }
            }.kept,
            Endpoint(.get, "/api/v2/instance", .open) { _ in
                let entity = try instance()
                return .json(capacity: 4_096) { writer in entity.writeV2(to: &writer) }
            }.kept,
            Endpoint(.get, "/api/v1/instance/extended_description", .open, extendedDescription),
            Endpoint(.get, "/api/v1/instance/rules", .open) { _ in
                let about = try store.read { try AboutServer(in: $0) }
                return .json { writer in
                    writer.array { about.write(rules: &$0) }
                }
            },
        ]
    }

    private func instance() throws -> InstanceEntity {
        let account = try owner()
        return try store.read { snapshot in
            InstanceEntity(
                identity: identity, account: account, version: version, limits: limits,
                uploads: uploads.uploadLimits,
                statuses: try Statuses.countOpen(of: identity.owner, in: snapshot),
                domains: try Hosts.count(in: snapshot), pushKey: try PushKey.publicText(in: snapshot),
                about: try AboutServer(in: snapshot))
        }
    }

    private func extendedDescription(_ call: Call) async throws -> Response {
        let account = try owner()
        let about = try store.read { try AboutServer(in: $0) }
        return .json { writer in
            writer.object { writer in
                writer.field("updated_at", ISO8601.milliseconds(account.createdAt.milliseconds))
                writer.field("content", about.text.isEmpty ? account.summary : about.html(identity).text)
            }
        }
    }
}
