import Basics
import HTTP
import JSON
import Storage

/// The keywords of a filter one by one, <https://docs.joinmastodon.org/methods/filters/#keywords-get>.
extension ClientAPI {
    var filterKeywordEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v2/filters/:id/keywords", .owner("read:filters"), keywords),
            Endpoint(.post, "/api/v2/filters/:id/keywords", .owner("write:filters"), addKeyword),
            Endpoint(.get, "/api/v2/filters/keywords/:id", .owner("read:filters")) { call in
                .keyword(try store.read { try known(FilterKeywords.find(try call.id(), in: $0)) })
            },
            Endpoint(.delete, "/api/v2/filters/keywords/:id", .owner("write:filters"), removeKeyword),
        ] + Endpoint.update("/api/v2/filters/keywords/:id", .owner("write:filters"), changeKeyword)
    }

    private func keywords(_ call: Call) async throws -> Response {
        let keywords = try store.read { try filter(call, in: $0).keywords }
        return .json { writer in
            writer.array { writer in
                for keyword in keywords { FilterEntity.write(keyword, to: &writer) }
            }
        }
    }

    private func addKeyword(_ call: Call) async throws -> Response {
        let id: FilterID = try call.id()
        let change = try keywordChange(call)
        let now = clock.now()
        return .keyword(
            try await store.write { [limits] tx in
                _ = try known(Filters.find(id, in: tx))
                let keyword = try known(change.apply(to: id, at: now, in: tx))
                try limits.checkKeywords(of: id, in: tx)
                return try known(FilterKeywords.find(keyword, in: tx))
            })
    }

    private func changeKeyword(_ call: Call) async throws -> Response {
        let id: FilterKeywordID = try call.id()
        var change = try keywordChange(call)
        change.id = id
        let now = clock.now()
        return .keyword(
            try await store.write { [change] tx in
                let keyword = try known(FilterKeywords.find(id, in: tx))
                try change.apply(to: keyword.filter, at: now, in: tx)
                return try known(FilterKeywords.find(id, in: tx))
            })
    }

    private func removeKeyword(_ call: Call) async throws -> Response {
        let id: FilterKeywordID = try call.id()
        try await store.write { tx in
            _ = try known(FilterKeywords.find(id, in: tx))
            try FilterKeywords.remove(id, in: tx)
        }
        return .emptyObject
    }

    private func keywordChange(_ call: Call) throws -> KeywordChange {
        try KeywordChange(
            text: call.parameters.given("keyword"), isWholeWord: call.parameters.bool("whole_word"),
            limits: limits)
    }
}

extension Response {
    fileprivate static func keyword(_ keyword: FilterKeyword) -> Response {
        .json { writer in FilterEntity.write(keyword, to: &writer) }
    }
}
