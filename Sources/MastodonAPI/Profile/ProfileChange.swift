import Federation
import HTTP
import Markup
import Media
import Storage

/// What an app wants changed of the owner's profile; what it does not name stays.
struct ProfileChange: Sendable {
    private let identity: Identity
    private var name: String?
    private var note: String?
    private var fields: [ProfileField]?
    private var locked: Bool?
    private var bot: Bool?
    private var discoverable: Bool?
    private var indexable: Bool?
    private var hidesCollections: Bool?
    private var visibility: Visibility?
    private var sensitive: Bool?
    private var language: String?
    private var avatar: String?
    private var header: String?

    /// - Throws: 422 for what is too long.
    init(_ call: Call, identity: Identity, limits: APILimits) throws {
        self.identity = identity
        let parameters = call.parameters
        name = parameters.given("display_name").map { PlainText.cleaned($0).trimmingSpaces }
        note = parameters.given("note")
        fields = try ProfileChange.fields(parameters["fields_attributes"], limits: limits)
        locked = parameters.bool("locked")
        bot = parameters.bool("bot")
        discoverable = parameters.bool("discoverable")
        indexable = parameters.bool("indexable")
        hidesCollections = parameters.bool("hide_collections")
        let source = parameters["source"]
        visibility = try source?["privacy"]?.string.map { text in
            guard let visibility = StatusEntity.visibility(named: text) else {
                throw APIError.invalid("Privacy is not included in the list")
            }
            return visibility
        }
        sensitive = source?["sensitive"]?.bool
        language = source?["language"]?.string
        avatar = call.files["avatar"].map { identity.media($0.name) }
        header = call.files["header"].map { identity.media($0.name) }
        if let name, name.count > limits.displayNameLength {
            throw APIError.invalid(
                "Display name is too long (maximum is \(limits.displayNameLength) characters)")
        }
        if let note, note.count > limits.noteLength {
            throw APIError.invalid("Note is too long (maximum is \(limits.noteLength) characters)")
        }
    }

    private static func fields(_ node: FormNode?, limits: APILimits) throws -> [ProfileField]? {
        guard let node else { return nil }
        var fields: [ProfileField] = []
        for element in node.elements {
            let field = ProfileField(
                name: PlainText.cleaned(element["name"]?.string ?? ""),
                value: PlainText.cleaned(element["value"]?.string ?? ""))
            // An app clears a line by sending it empty.
            if field.name.isEmpty && field.value.isEmpty { continue }
            guard field.name.count <= limits.fieldLength, field.value.count <= limits.fieldLength else {
                throw APIError.invalid("Fields are too long (maximum is \(limits.fieldLength) characters)")
            }
            fields.append(field)
        }
        guard fields.count <= limits.fields else {
            throw APIError.invalid("Fields can't be more than \(limits.fields)")
        }
        return fields
    }

    func apply(to account: inout Actor, _ owner: inout Owner, in tx: Transaction) throws {
        if let name { account.name = name }
        if let note {
            owner.note = note
            account.summary = try html(note, in: tx)
        }
        if let fields {
            owner.fields = ProfileField.stored(fields)
            account.fields = ProfileField.shown(fields)
        }
        if let locked { account.locked = locked }
        if let bot { account.kind = bot ? .service : .person }
        if let discoverable { account.discoverable = discoverable }
        if let indexable { account.indexable = indexable }
        if let hidesCollections { owner.hidesCollections = hidesCollections }
        if let visibility { owner.visibility = visibility }
        if let sensitive { owner.sensitive = sensitive }
        if let language { owner.language = language.isEmpty ? nil : language }
        if let avatar { account.avatar = avatar }
        if let header { account.header = header }
    }

    /// The text about oneself as HTML; only people who are known already become links.
    private func html(_ note: String, in snapshot: Snapshot) throws -> String {
        let text = PostText(note)
        var people: [Handle: (url: String, username: String)] = [:]
        for handle in text.mentions.prefix(20) {
            let domain = handle.domain == identity.accountDomain ? nil : handle.domain
            if let actor = try Actors.find(username: handle.username, domain: domain, in: snapshot) {
                people[handle] = (actor.url ?? actor.uri, actor.username)
            }
        }
        return text.html(mention: { people[$0] }, hashtag: { TagEntity.url($0.lowercased(), identity) }).text
    }
}
