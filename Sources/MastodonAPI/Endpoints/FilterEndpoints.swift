import Basics
import HTTP
import JSON
import Storage

/// What the owner would rather not read, <https://docs.joinmastodon.org/methods/filters/>.
extension ClientAPI {
    var filterEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v2/filters", .owner("read:filters"), allFilters),
            Endpoint(.post, "/api/v2/filters", .owner("write:filters"), makeFilter),
            Endpoint(.get, "/api/v2/filters/:id", .owner("read:filters")) { call in
                .filter(try store.read { try filter(call, in: $0) })
            },
            Endpoint(.delete, "/api/v2/filters/:id", .owner("write:filters"), removeFilter),
        ] + Endpoint.update("/api/v2/filters/:id", .owner("write:filters"), changeFilter)
            + filterKeywordEndpoints + filterStatusEndpoints
    }

    private func allFilters(_ call: Call) async throws -> Response {
        let filters = try store.read { try Filters.all(in: $0) }
        return .json { writer in
            writer.array { writer in
                for filter in filters { FilterEntity.write(filter, to: &writer) }
            }
        }
    }

    private func makeFilter(_ call: Call) async throws -> Response {
        let now = clock.now()
        let filter = try FilterChange(call.parameters, limits: limits, at: now).newFilter()
        let keywords = try KeywordChange.list(call.parameters, limits: limits)
        return .filter(
            try await store.write { [limits] tx in
                try limits.checkFilters(in: tx)
                let id = try Filters.insert(filter, at: now, in: tx)
                for keyword in keywords { try keyword.apply(to: id, at: now, in: tx) }
                try limits.checkKeywords(of: id, in: tx)
                return try known(Filters.find(id, in: tx))
            })
    }

    private func changeFilter(_ call: Call) async throws -> Response {
        let id: FilterID = try call.id()
        let now = clock.now()
        let change = try FilterChange(call.parameters, limits: limits, at: now)
        let keywords = try KeywordChange.list(call.parameters, limits: limits)
        return .filter(
            try await store.write { [limits] tx in
                var filter = try known(Filters.find(id, in: tx))
                change.apply(to: &filter)
                try Filters.update(filter, in: tx)
                for keyword in keywords { try keyword.apply(to: id, at: now, in: tx) }
                try limits.checkKeywords(of: id, in: tx)
                return try known(Filters.find(id, in: tx))
            })
    }

    private func removeFilter(_ call: Call) async throws -> Response {
        let id: FilterID = try call.id()
        try await store.write { tx in
            guard try Filters.remove(id, in: tx) else { throw APIError.notFound }
        }
        return .emptyObject
    }

    /// The filter that the path names.
    func filter(_ call: Call, in snapshot: Snapshot) throws -> Filter {
        try known(Filters.find(try call.id(), in: snapshot))
    }

    /// - Throws: 404 when it is not there.
    func known<Row>(_ row: Row?) throws -> Row {
        guard let row else { throw APIError.notFound }
        return row
    }
}

extension Response {
    fileprivate static func filter(_ filter: Filter) -> Response {
        .json { writer in FilterEntity.write(filter, to: &writer) }
    }
}
