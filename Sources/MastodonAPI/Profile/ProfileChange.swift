import Basics
import Federation
import HTTP
import Markup
import Media
import Storage

/// What an app wants changed of the owner's profile and defaults; what it does not name stays.
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
    private var attributionDomains: [String]?
    private var tabs: [(Tabs, Bool)] = []
    private var defaults: DefaultsChange
    private var avatar: String?
    private var header: String?
    private var avatarDescription: String?
    private var headerDescription: String?

    /// - Throws: 422 for what is too long or unknown.
    init(_ call: Call, identity: Identity, limits: APILimits) throws {
        self.identity = identity
        let parameters = call.parameters
        name = parameters.given("display_name").map { PlainText.cleaned($0).trimmingSpaces }
        note = parameters.given("note")
        fields = try ProfileField.list(parameters["fields_attributes"], limits: limits)
        locked = parameters.bool("locked")
        bot = parameters.bool("bot")
        discoverable = parameters.bool("discoverable")
        indexable = parameters.bool("indexable")
        hidesCollections = parameters.bool("hide_collections")
        attributionDomains = try ProfileChange.domains(parameters["attribution_domains"], limits: limits)
        for (key, tab) in [
            ("show_media", Tabs.media), ("show_media_replies", .mediaOfReplies), ("show_featured", .featured),
        ] {
            if let isShown = parameters.bool(key) { tabs.append((tab, isShown)) }
        }
        defaults = try DefaultsChange(parameters["source"])
        avatar = call.files["avatar"].map { identity.media($0.name) }
        header = call.files["header"].map { identity.media($0.name) }
        avatarDescription = parameters.given("avatar_description").map {
            PlainText.cleaned($0).trimmingSpaces
        }
        headerDescription = parameters.given("header_description").map {
            PlainText.cleaned($0).trimmingSpaces
        }
        for (key, label, text, limit) in [
            ("display_name", "Display name", name, limits.displayNameLength),
            ("note", "Note", note, limits.noteLength),
            ("avatar_description", "Avatar description", avatarDescription, limits.pictureDescriptionLength),
            ("header_description", "Header description", headerDescription, limits.pictureDescriptionLength),
        ] where text.map({ $0.count > limit }) ?? false {
            throw APIError.invalid(key, .tooLong, "\(label) is too long (maximum is \(limit) characters)")
        }
    }

    /// Sites by their hosts, from a list or from lines; an address is taken for its host.
    private static func domains(_ node: FormNode?, limits: APILimits) throws -> [String]? {
        guard let node else { return nil }
        var domains: [String] = []
        for text in node.strings.flatMap({ $0.split(whereSeparator: \.isWhitespace) }) {
            let lower = text.lowercased()
            let rest = lower.hasPrefix("https://") ? lower.dropFirst(8) : lower[...]
            guard let domain = WebURL("https://\(rest.prefix { $0 != "/" })/")?.authority,
                domain.contains("."), domain.utf8.count <= 253
            else {
                throw APIError.invalid(
                    "attribution_domains", .invalid, "Attribution domains is not a valid domain name")
            }
            if !domains.contains(domain) { domains.append(domain) }
        }
        guard domains.count <= limits.attributionDomains else {
            throw APIError.invalid(
                "attribution_domains", .tooLong,
                "Attribution domains can't be more than \(limits.attributionDomains)")
        }
        return domains
    }

    func apply(to account: inout Actor, _ owner: inout Owner, in tx: Transaction) throws {
        if let name { account.name = name }
        if let note {
            owner.note = note
            account.summary = try html(note, in: tx)
        }
        if let fields {
            let old = ProfileField.list(owner.fields)
            let merged = fields.map { field in
                var field = field
                field.verifiedAt = old.first { $0.value == field.value }?.verifiedAt
                return field
            }
            owner.fields = ProfileField.stored(merged)
            account.fields = ProfileField.shown(merged)
            // The pages are looked at again, which takes as long as it takes.
            owner.fieldsCheckedAt = Timestamp(milliseconds: 0)
        }
        if let locked { account.locked = locked }
        if let bot { account.kind = bot ? .service : .person }
        if let discoverable { account.discoverable = discoverable }
        if let indexable { account.indexable = indexable }
        if let hidesCollections { owner.hidesCollections = hidesCollections }
        if let attributionDomains { owner.attributionDomains = attributionDomains }
        for (tab, isShown) in tabs {
            if isShown { owner.tabs.insert(tab) } else { owner.tabs.remove(tab) }
        }
        defaults.apply(to: &owner)
        if let avatar { account.avatar = avatar }
        if let header { account.header = header }
        if let avatarDescription { owner.avatarDescription = avatarDescription }
        if let headerDescription { owner.headerDescription = headerDescription }
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

extension ProfileField {
    /// `fields_attributes` in each of its spellings: a list, or a map with numbers as keys. Nil when it is not given.
    ///
    /// - Throws: 422 for too many or too long ones.
    fileprivate static func list(_ node: FormNode?, limits: APILimits) throws -> [ProfileField]? {
        guard let node else { return nil }
        var fields: [ProfileField] = []
        for element in node.elements {
            let field = ProfileField(
                name: PlainText.cleaned(element["name"]?.string ?? ""),
                value: PlainText.cleaned(element["value"]?.string ?? ""))
            // An app clears a line by sending it empty.
            if field.name.isEmpty && field.value.isEmpty { continue }
            guard field.name.count <= limits.fieldLength, field.value.count <= limits.fieldLength else {
                throw APIError.invalid(
                    "fields", .tooLong, "Fields are too long (maximum is \(limits.fieldLength) characters)")
            }
            fields.append(field)
        }
        guard fields.count <= limits.fields else {
            throw APIError.invalid("fields", .tooLong, "Fields can't be more than \(limits.fields)")
        }
        return fields
    }
}
