import Basics
import HTTP
import JSON
import Storage

/// Posts that a filter names, <https://docs.joinmastodon.org/methods/filters/#statuses-get>.
extension ClientAPI {
    var filterStatusEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v2/filters/:id/statuses", .owner("read:filters"), filteredStatuses),
            Endpoint(.post, "/api/v2/filters/:id/statuses", .owner("write:filters"), filterStatus),
            Endpoint(.get, "/api/v2/filters/statuses/:id", .owner("read:filters")) { call in
                .status(try store.read { try known(FilterStatuses.find(try call.id(), in: $0)) })
            },
            Endpoint(.delete, "/api/v2/filters/statuses/:id", .owner("write:filters"), unfilterStatus),
        ]
    }

    private func filteredStatuses(_ call: Call) async throws -> Response {
        let statuses = try store.read { try filter(call, in: $0).statuses }
        return .json { writer in
            writer.array { writer in
                for status in statuses { FilterEntity.write(status, to: &writer) }
            }
        }
    }

    private func filterStatus(_ call: Call) async throws -> Response {
        let id: FilterID = try call.id()
        guard let status = call.parameters.text("status_id").flatMap({ StatusID($0) }) else {
            throw APIError.notFound
        }
        let now = clock.now()
        return .status(
            try await store.write { [limits] tx in
                _ = try known(Filters.find(id, in: tx))
                _ = try known(Statuses.find(status, in: tx))
                guard try FilterStatuses.count(in: tx) < limits.filterStatuses else {
                    throw APIError.invalid("You cannot filter more than \(limits.filterStatuses) posts")
                }
                guard let row = try FilterStatuses.insert(status, into: id, at: now, in: tx) else {
                    throw APIError.invalid("Status has already been taken")
                }
                return try known(FilterStatuses.find(row, in: tx))
            })
    }

    /// The documentation says that the row is answered; the server has always sent an empty object.
    private func unfilterStatus(_ call: Call) async throws -> Response {
        let id: FilterStatusID = try call.id()
        try await store.write { tx in
            _ = try known(FilterStatuses.find(id, in: tx))
            try FilterStatuses.remove(id, in: tx)
        }
        return .emptyObject
    }
}

extension Response {
    fileprivate static func status(_ status: FilterStatus) -> Response {
        .json { writer in FilterEntity.write(status, to: &writer) }
    }
}
