import HTTP
import JSON

/// The owner's profile as it stands in its form, so that it comes back with everything that was typed.
struct ProfileForm: Sendable {
    var name = ""
    var note = ""
    var fields: [(name: String, value: String)] = []
    var avatarDescription = ""
    var headerDescription = ""
    var dropsAvatar = false
    var dropsHeader = false
    /// Names of the switches that are on.
    var switches: Set<String> = []
    var visibility = ""
    var language = ""
    var isSensitive = false
    var policy = ""
    var format = ""
    /// Hosts of sites, one a line.
    var domains = ""

    /// Switches of the API with what they mean.
    static let switchNames = ["locked", "bot", "discoverable", "indexable", "hide_collections"]

    /// As it is now: what `verify_credentials` answers.
    init(_ account: JSONValue) {
        let source = account["source"] ?? account
        name = account.text("display_name")
        note = source.text("note")
        fields = source.list("fields").map { ($0.text("name"), $0.text("value")) }
        avatarDescription = account.text("avatar_description")
        headerDescription = account.text("header_description")
        for name in ProfileForm.switchNames where account.flag(name) || source.flag(name) {
            switches.insert(name)
        }
        visibility = source.text("privacy")
        language = source.text("language")
        isSensitive = source.flag("sensitive")
        policy = source.text("quote_policy")
        format = source.text("status_content_type")
        domains = source.list("attribution_domains").compactMap(\.string).joined(separator: "\n")
    }

    /// As it was sent.
    init(_ form: Form) {
        func typed(_ name: String) -> String { form.value(name) ?? "" }
        name = typed("display_name")
        note = typed("note")
        fields = Array(zip(form.values("field-name"), form.values("field-value")).prefix(32)).map { ($0, $1) }
        avatarDescription = typed("avatar_description")
        headerDescription = typed("header_description")
        dropsAvatar = form.isOn("drop-avatar")
        dropsHeader = form.isOn("drop-header")
        switches = Set(ProfileForm.switchNames.filter(form.isOn))
        visibility = typed("visibility")
        language = typed("language")
        isSensitive = form.isOn("sensitive")
        policy = typed("policy")
        format = typed("format")
        domains = typed("domains")
    }

    /// As the API takes it.
    var parameters: [(String, String)] {
        var pairs = [
            ("display_name", name), ("note", note.replacing("\r\n", with: "\n")),
            ("avatar_description", avatarDescription), ("header_description", headerDescription),
            ("source[privacy]", visibility), ("source[language]", language),
            ("source[sensitive]", isSensitive ? "true" : "false"), ("source[quote_policy]", policy),
            ("source[status_content_type]", format), ("attribution_domains", domains),
        ]
        for name in ProfileForm.switchNames {
            pairs.append((name, switches.contains(name) ? "true" : "false"))
        }
        for (index, field) in fields.enumerated() {
            pairs.append(("fields_attributes[\(index)][name]", field.name))
            pairs.append(("fields_attributes[\(index)][value]", field.value))
        }
        return pairs
    }
}
