import JSON
import Markup

/// An Account as pages show it, <https://docs.joinmastodon.org/entities/Account/>.
struct Person: Sendable {
    let id: String
    /// `name`, or `name@domain` for people elsewhere.
    let acct: String
    let name: String
    /// Where their own server shows them.
    let url: String
    let avatar: String
    let header: String
    let note: HTML
    let emojis: [Emoji]
    let isLocked: Bool
    let isBot: Bool
    let isGroup: Bool
    let posts: Int
    let followers: Int
    let following: Int
    let fields: [Field]
    /// `acct` of the account that took this one's place.
    let movedTo: String?
    let json: JSONValue

    struct Field: Sendable {
        let name: String
        let value: HTML
        let isVerified: Bool
    }

    init(_ json: JSONValue) {
        self.json = json
        id = json.text("id")
        acct = json.text("acct")
        name = json.text("display_name").isEmpty ? json.text("username") : json.text("display_name")
        url = json.text("url")
        avatar = json.text("avatar")
        header = json.text("header")
        note = HTML.trusted(json.text("note"))
        emojis = json.list("emojis").map(Emoji.init)
        isLocked = json.flag("locked")
        isBot = json.flag("bot")
        isGroup = json.flag("group")
        posts = json.number("statuses_count")
        followers = json.number("followers_count")
        following = json.number("following_count")
        movedTo = json.present("moved")?.text("acct")
        fields = json.list("fields").map {
            Field(
                name: $0.text("name"), value: HTML.trusted($0.text("value")),
                isVerified: $0.present("verified_at") != nil)
        }
    }
}

/// A picture that stands for `:shortcode:`.
struct Emoji: Sendable {
    let shortcode: String
    let url: String

    init(_ json: JSONValue) {
        shortcode = json.text("shortcode")
        url = json.text("url")
    }
}
