import Basics
import Federation
import HTTP
import Storage
import TestSupport

/// What is said about one post or one actor.
extension SampleCheck {
    mutating func checkDetails(_ expected: Expectation) throws {
        guard let subject else { return }
        switch expected {
        case .visibility(let visibility): expect(subject.visibility, visibility, "visibility")
        case .text(let text):
            if !subject.content.contains(text) { faults.append("no \"\(text)\" in: \(subject.content)") }
        case .lacks(let text):
            if subject.content.contains(text) { faults.append("\"\(text)\" in: \(subject.content)") }
        case .warning(let text): expect(trimmed(subject.spoiler), text, "warning")
        case .sensitive(let isSensitive): expect(subject.sensitive, isSensitive, "sensitive")
        case .language(let language): expect(subject.language, language, "language")
        case .answers(let uri):
            let parent = try subject.inReplyTo.flatMap { id in
                try islet.read { try Statuses.find(id, in: $0)?.uri }
            }
            expect(parent ?? subject.inReplyToURI, uri, "answers")
        case .published(let date):
            expect(subject.createdAt.milliseconds, ISO8601.parse(date), "published")
        case .publishedNow: expect(subject.createdAt, islet.clock.now() - .minutes(6), "published")
        case .edited(let date): expect(subject.editedAt?.milliseconds, ISO8601.parse(date), "edited")
        case .notEdited: expect(subject.editedAt, nil, "edited")
        case .url(let url): expect(subject.url ?? subject.uri, url, "url")
        case .conversation(let uri): expect(subject.conversation, uri, "conversation")
        case .emojis(let codes): checkEmojis(codes, in: subject.emojis)
        default: try checkParts(expected, of: subject)
        }
    }

    private func trimmed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private mutating func checkParts(_ expected: Expectation, of subject: Storage.Status) throws {
        let ids = "[\(subject.id)]"
        switch expected {
        case .mentions(let uris):
            let found = try islet.read { try Mentions.of(ids, in: $0)[subject.id] ?? [] }.map(\.uri)
            expect(found.sorted(), uris.map { $0.isEmpty ? islet.identity.actor : $0 }.sorted(), "mentions")
        case .hashtags(let names):
            let found = try islet.read { try Hashtags.of(ids, in: $0)[subject.id] ?? [] }
            expect(found.sorted(), names.sorted(), "hashtags")
        case .files(let files):
            let found = try islet.read { try Attachments.of(ids, in: $0)[subject.id] ?? [] }
            expect(found.count, files.count, "files")
            for (seen, wanted) in zip(found, files) {
                expect(seen.kind, wanted.kind, "file's kind")
                expect(seen.remoteURL, wanted.url, "file's url")
                expect(seen.description, wanted.alt, "file's description")
                if let focus = wanted.focus {
                    expect([seen.focusX, seen.focusY].compactMap(\.self), focus, "file's focus")
                }
            }
        case .fileCount(let count):
            expect(try islet.read { try Attachments.of(ids, in: $0)[subject.id] ?? [] }.count, count, "files")
        case .poll(let options, let isMultiple, let voters, let ends):
            guard let poll = try islet.read({ try SampleTables.poll(of: subject.id, in: $0) }) else {
                return faults.append("no poll")
            }
            let found = Dictionary(poll.options.map { ($0.name, $0.votes) }, uniquingKeysWith: { $0 + $1 })
            expect(found, options, "options")
            expect(poll.isMultiple, isMultiple, "several choices")
            if let voters { expect(poll.voters, voters, "voters") }
            expect(poll.endsAt?.milliseconds, ends.flatMap { ISO8601.parse($0) }, "end")
        case .quotes(let uri):
            expect(try islet.read { try SampleTables.quoted(by: subject.id, in: $0) }, uri, "quoted")
        default: faults.append("nobody checks \(expected)")
        }
    }

    mutating func checkActor(_ expected: Expectation) throws {
        switch expected {
        case .actor(let uri, let handle):
            person = try islet.actor(uri)
            guard let person, person.fetchedAt.milliseconds > 0 else {
                return faults.append("unknown: \(uri)")
            }
            return expect(person.acct, handle, "handle")
        case .nobody(let uri):
            if try islet.actor(uri) != nil { faults.append("known: \(uri)") }
            return
        default: break
        }
        guard let person else { return }
        switch expected {
        case .kind(let kind): expect(person.kind, kind, "kind")
        case .name(let name): expect(person.name, name, "name")
        case .summary(let text):
            if !person.summary.contains(text) { faults.append("no \"\(text)\" in: \(person.summary)") }
        case .locked(let isLocked): expect(person.locked, isLocked, "locked")
        case .discoverable(let isDiscoverable): expect(person.discoverable, isDiscoverable, "discoverable")
        case .avatar(let url): expect(person.avatar, url, "avatar")
        case .page(let url): expect(person.url ?? person.uri, url, "page")
        case .sharedInbox(let url): expect(person.sharedInbox, url, "shared inbox")
        case .fields(let names):
            let found = (person.fields ?? "").matches(of: /"name":"([^"]*)"/).map { String($0.1) }
            expect(found, names, "fields")
        case .key(let isThere): expect(person.keyPEM != nil, isThere, "key")
        default: break
        }
    }
}
