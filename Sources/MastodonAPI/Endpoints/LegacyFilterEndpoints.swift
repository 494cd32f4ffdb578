import Basics
import HTTP
import JSON
import Storage

/// Filters as apps knew them before they had several keywords,
/// <https://docs.joinmastodon.org/methods/filters/#v1>: one item is one keyword, whose id it has.
extension ClientAPI {
    var legacyFilterEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/filters", .owner("read:filters"), legacyFilters),
            Endpoint(.post, "/api/v1/filters", .owner("write:filters"), makeLegacyFilter),
            Endpoint(.get, "/api/v1/filters/:id", .owner("read:filters")) { call in
                try store.read { try legacyFilter(call.id(), in: $0) }
            },
            Endpoint(.delete, "/api/v1/filters/:id", .owner("write:filters"), removeLegacyFilter),
        ] + Endpoint.update("/api/v1/filters/:id", .owner("write:filters"), changeLegacyFilter)
    }

    private func legacyFilters(_ call: Call) async throws -> Response {
        let filters = try store.read { try Filters.all(in: $0) }
        return .json { writer in
            writer.array { writer in
                for filter in filters {
                    for keyword in filter.keywords {
                        FilterEntity.writeLegacy(keyword, of: filter, to: &writer)
                    }
                }
            }
        }
    }

    private func legacyFilter(_ id: FilterKeywordID, in snapshot: Snapshot) throws -> Response {
        let keyword = try known(FilterKeywords.find(id, in: snapshot))
        let filter = try known(Filters.find(keyword.filter, in: snapshot))
        return .json { writer in FilterEntity.writeLegacy(keyword, of: filter, to: &writer) }
    }

    private func makeLegacyFilter(_ call: Call) async throws -> Response {
        let now = clock.now()
        let (change, keyword) = try legacyChange(call, at: now)
        let filter = try change.newFilter()
        return try await store.write { [limits] tx in
            try limits.checkFilters(in: tx)
            let id = try Filters.insert(filter, at: now, in: tx)
            let row = try known(keyword.apply(to: id, at: now, in: tx))
            try limits.checkKeywords(of: id, in: tx)
            return try legacyFilter(row, in: tx)
        }
    }

    /// What belongs to the filter cannot be changed through one of several keywords, because the app that asks sees
    /// several filters.
    private func changeLegacyFilter(_ call: Call) async throws -> Response {
        let id: FilterKeywordID = try call.id()
        let now = clock.now()
        var (change, keyword) = try legacyChange(call, at: now)
        keyword.id = id
        return try await store.write { [change, keyword] tx in
            let row = try known(FilterKeywords.find(id, in: tx))
            try keyword.apply(to: row.filter, at: now, in: tx)
            let old = try known(Filters.find(row.filter, in: tx))
            var new = old
            change.apply(to: &new)
            if !new.isSame(as: old) {
                guard old.keywords.count == 1 else {
                    throw APIError.invalid(
                        "These parameters cannot be changed from this application because they apply to more "
                            + "than one filter keyword. Use a more recent application or the web interface.")
                }
                try Filters.update(new, in: tx)
            }
            return try legacyFilter(id, in: tx)
        }
    }

    /// The filter goes with its last keyword, as the app that asks made both at once.
    private func removeLegacyFilter(_ call: Call) async throws -> Response {
        let id: FilterKeywordID = try call.id()
        try await store.write { tx in
            let keyword = try known(FilterKeywords.find(id, in: tx))
            try FilterKeywords.remove(id, in: tx)
            let filter = try Filters.find(keyword.filter, in: tx)
            if let filter, filter.keywords.isEmpty, filter.statuses.isEmpty {
                _ = try Filters.remove(filter.id, in: tx)
            }
        }
        return .emptyObject
    }

    private func legacyChange(_ call: Call, at now: Timestamp) throws -> (FilterChange, KeywordChange) {
        var change = try FilterChange(call.parameters, title: "phrase", limits: limits, at: now)
        change.action = call.parameters.bool("irreversible").map { $0 ? .hide : .warn }
        let keyword = try KeywordChange(
            text: change.title, isWholeWord: call.parameters.bool("whole_word"), limits: limits)
        return (change, keyword)
    }
}

extension Filter {
    /// Whether nothing of the filter itself differs.
    fileprivate func isSame(as other: Filter) -> Bool {
        title == other.title && contexts == other.contexts && action == other.action
            && expiresAt == other.expiresAt
    }
}
