import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/methods/reports/>
extension ClientAPI {
    var reportEndpoints: [Endpoint] {
        [Endpoint(.post, "/api/v1/reports", .owner("write:reports"), report)]
    }

    /// There is nobody here to report to but the owner: what is not forwarded to the other server goes nowhere.
    private func report(_ call: Call) async throws -> Response {
        let parameters = call.parameters
        guard let id = parameters.text("account_id").flatMap({ ActorID($0) }) else {
            throw APIError.notFound
        }
        let comment = parameters.given("comment") ?? ""
        guard comment.count <= limits.reportLength else {
            throw APIError.invalid("Comment is too long (maximum is \(limits.reportLength) characters)")
        }
        let category = parameters.text("category") ?? "other"
        guard ReportEntity.categories.contains(category) else {
            throw APIError.invalid("Category is not included in the list")
        }
        let named = parameters.texts("status_ids").prefix(limits.idsPerRequest).compactMap { StatusID($0) }
        let isForwarded = parameters.bool("forward") ?? false
        let now = clock.now()
        return try await store.write { tx in
            guard let account = try Actors.find(id, in: tx) else { throw APIError.notFound }
            let found = try Statuses.find(named, in: tx)
            let statuses = named.filter { found[$0]?.actor == id && found[$0]?.reblogOf == nil }
            if isForwarded { try outbox.report(id, statuses: statuses, comment: comment, in: tx) }
            var report = ReportEntity(
                id: now.milliseconds * 1_000, createdAt: now, comment: comment, statuses: statuses,
                account: account)
            report.category = category
            report.isForwarded = isForwarded && !account.isLocal
            return .json { writer in writer.raw(report.json(identity)) }
        }
    }
}
