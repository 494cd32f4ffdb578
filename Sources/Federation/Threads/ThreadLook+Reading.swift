import ActivityPub
import Basics
import HTTP
import JSON
import Storage
import Synchronization

extension ThreadLook {
    /// Fetches one post and goes on with its replies.
    func readPost(_ uri: String, of source: Source?) async -> FetchError? {
        defer { finish(source) }
        if let known = try? store.read({ try Statuses.find(uri: uri, in: $0) }) {
            readReplies(of: known, last: nil, conversation: nil)
            return nil
        }
        guard spend(on: uri, isPost: true) else {
            markCut(source, at: nil)
            return nil
        }
        do throws(FetchError) {
            let document = try await objects.fetcher.document(uri)
            count(document)
            guard try belongs(document, to: source) else {
                source?.state.withLock { $0.strays += 1 }
                noteMissing(uri)
                return nil
            }
            try await keep(document)
            return nil
        } catch {
            noteMissing(uri)
            return error
        }
    }

    /// Reads one page of a collection: posts that came along are kept, the others become jobs.
    func readPage(_ page: String, of source: Source) async -> FetchError? {
        defer { finish(source) }
        guard source.state.withLock({ $0.strays < limits.strays }) else { return nil }
        guard spend(on: page) else {
            markCut(source, at: page)
            return nil
        }
        do throws(FetchError) {
            let (value, from) = try await objects.fetcher.page(page)
            count(value)
            guard ObjectID.origin(of: from.string) == source.origin else {
                throw .refused("it came from another host")
            }
            guard let collection = CollectionDocument(value) else { throw .refused("not a collection") }
            try await take(collection, of: source, page: page)
            return nil
        } catch {
            return error
        }
    }

    private func take(
        _ collection: CollectionDocument, of source: Source, page: String
    ) async throws(FetchError) {
        for item in collection.items { try await take(item, of: source, page: page) }
        if let inline = collection.firstPage {
            for item in inline.items { try await take(item, of: source, page: page) }
            if let next = inline.next { addPage(next, of: source) }
        } else if let first = collection.first?.firstID {
            addPage(first, of: source)
        }
        if let next = collection.next { addPage(next, of: source) }
    }

    /// - Throws: what shows that the host does not answer.
    private func take(_ item: JSONValue, of source: Source, page: String?) async throws(FetchError) {
        // Some list the activities that made the conversation (FEP-171b).
        let item = item.has(type: "Create") ? item["object"]?.first ?? item : item
        guard let uri = item.firstID else { return }
        // What came from the origin of its own id is as good as if it had been fetched there.
        if item.kind == .object, item["content"] != nil, ObjectID.origin(of: uri) == source.origin,
            !identity.isOwn(uri), markAsked(uri)
        {
            guard spend(on: uri, isPost: true) else { return markCut(source, at: page) }
            do {
                guard try belongs(item, to: source) else { return }
                return try await keep(item)
            } catch {
                if error.isPassing { throw error }
                return
            }
        }
        addPost(uri, of: source)
    }

    /// Stores a post and goes on with its replies, a page of which often comes along.
    private func keep(_ document: JSONValue) async throws(FetchError) {
        let id = try await objects.keep(document)
        notePost()
        let status: Storage.Status?
        do {
            status = try store.read { try Statuses.find(id, in: $0) }
        } catch {
            throw .passing(String(describing: error))
        }
        guard let status, status.visibility.isOpen else { return }
        guard let replies = NoteDocument(document)?.replies?.document,
            let inline = replies.firstPage ?? (replies.items.isEmpty ? nil : replies)
        else { return readReplies(of: status, last: nil, conversation: nil) }
        // The first page is here; there may be nothing more to ask for.
        guard let source = begin(status) else { return }
        defer { finish(source) }
        for item in inline.items { try await take(item, of: source, page: nil) }
        if let next = inline.next { addPage(next, of: source) }
    }

    /// Whether a document is part of the thread that is being read: an answer to something known here, or of the
    /// conversation whose list names it.
    private func belongs(_ document: JSONValue, to source: Source?) throws(FetchError) -> Bool {
        guard let source, let note = NoteDocument(document) else { return source == nil }
        do {
            return try store.read { snapshot in
                let known = try Statuses.find(source.status, in: snapshot)
                if let conversation = known?.conversation, (note.context ?? note.conversation) == conversation
                {
                    return true
                }
                guard let parent = note.inReplyTo else { return false }
                return try identity.ownStatus(parent) != nil
                    || Statuses.id(forURI: parent, in: snapshot) != nil
            }
        } catch {
            throw .passing(String(describing: error))
        }
    }
}
