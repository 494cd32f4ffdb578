import Basics
import HTTP
import Storage

/// What an app wants a keyword to be: one of `keywords_attributes`, or the only one of a request.
struct KeywordChange: Sendable {
    /// Nil for a new one.
    var id: FilterKeywordID?
    var text: String?
    var isWholeWord: Bool?
    var isRemoved = false

    /// - Throws: 422 for a text that cannot be looked for.
    init(text: String?, isWholeWord: Bool?, limits: APILimits) throws {
        self.text = text
        self.isWholeWord = isWholeWord
        guard let text else { return }
        guard !text.trimmingSpaces.isEmpty else { throw APIError.invalid("Keyword can't be blank") }
        guard text.unicodeScalars.count <= limits.filterKeywordLength else {
            throw APIError.invalid(
                "Keyword is too long (maximum is \(limits.filterKeywordLength) characters)")
        }
    }

    /// Those of `keywords_attributes`, in each of the forms that apps use; one that says nothing is left out.
    static func list(_ parameters: Parameters, limits: APILimits) throws -> [KeywordChange] {
        let elements = parameters["keywords_attributes"]?.elements ?? []
        guard elements.count <= 2 * limits.keywordsPerFilter else {
            throw APIError.invalid("Keywords are too many")
        }
        return try elements.compactMap { node in
            let given = node["id"]?.string ?? ""
            let isRemoved = node["_destroy"]?.bool ?? false
            var text = node["keyword"]?.string
            if given.isEmpty, isRemoved || (text ?? "").isEmpty && node["whole_word"]?.bool != true {
                return nil
            }
            if isRemoved { text = nil }
            var change = try KeywordChange(text: text, isWholeWord: node["whole_word"]?.bool, limits: limits)
            change.isRemoved = isRemoved
            if !given.isEmpty {
                guard let id = FilterKeywordID(given) else { throw APIError.notFound }
                change.id = id
            }
            return change
        }
    }

    /// Makes it so.
    ///
    /// - Throws: 404 for a keyword of another filter, 422 for a new one without text.
    /// - Returns: its id, nil when it is gone.
    @discardableResult
    func apply(to filter: FilterID, at now: Timestamp, in tx: Transaction) throws -> FilterKeywordID? {
        guard let id else {
            guard let text else { throw APIError.invalid("Keyword can't be blank") }
            return try FilterKeywords.insert(
                text, isWholeWord: isWholeWord ?? true, into: filter, at: now, in: tx)
        }
        guard let known = try FilterKeywords.find(id, in: tx), known.filter == filter else {
            throw APIError.notFound
        }
        if isRemoved {
            try FilterKeywords.remove(id, in: tx)
            return nil
        }
        try FilterKeywords.update(
            id, text: text ?? known.text, isWholeWord: isWholeWord ?? known.isWholeWord, in: tx)
        return id
    }
}

extension APILimits {
    /// - Throws: 422 when a filter, or all together, have more keywords than may be. Undoes the transaction.
    func checkKeywords(of filter: FilterID, in tx: Transaction) throws {
        guard try FilterKeywords.of(filter, in: tx).count <= keywordsPerFilter else {
            throw APIError.invalid("A filter cannot have more than \(keywordsPerFilter) keywords")
        }
        guard try FilterKeywords.count(in: tx) <= filterKeywords else {
            throw APIError.invalid("You cannot have more than \(filterKeywords) keywords")
        }
    }

    /// - Throws: 422 when there is no room for another filter.
    func checkFilters(in tx: Transaction) throws {
        guard try Filters.count(in: tx) < filters else {
            throw APIError.invalid("You cannot have more than \(filters) filters")
        }
    }
}
