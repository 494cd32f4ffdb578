import Federation
import Markup
import Storage

extension ClientAPI {
    /// Posts that match, the newest first.
    ///
    /// - Parameter author: only theirs.
    func findPosts(
        _ query: SearchQuery, by author: ActorID?, _ page: Page, offset: Int, in snapshot: Snapshot
    ) throws -> [StatusID] {
        var expression = SearchExpression()
        for words in query.words {
            let (text, isBeginning) = Bigrams.question(words.text)
            expression.add(text, isBeginning: isBeginning, isUnwanted: words.isUnwanted)
        }
        for property in query.properties {
            expression.add(property.mark, isUnwanted: property.isUnwanted)
        }
        if let author { expression.add(.author(author)) }
        for author in query.authors {
            if let id = try self.author(author.handle, in: snapshot) {
                expression.add(.author(id), isUnwanted: author.isUnwanted)
            } else if !author.isUnwanted {
                return []
            }
        }
        var range = SearchRange()
        range.from = query.from
        range.until = query.until
        range.libraryOf = query.isLibrary ? identity.owner : nil
        range.maxID = page.maxID
        range.minID = page.minID ?? page.sinceID
        return try SearchIndex.find(expression, range, limit: page.limit, offset: offset, in: snapshot)
    }

    private func author(_ handle: String, in snapshot: Snapshot) throws -> ActorID? {
        if handle == "me" { return identity.owner }
        return try AccountHandle(handle, identity)?.find(in: snapshot)?.id
    }
}
