import JSON
import Markup
import Storage

/// What an app shows when a notification comes; members and titles are those of Mastodon.
struct PushMessage {
    let id: NotificationID
    let kind: Notification.Kind
    let icon: String
    let title: String
    let body: String

    /// Characters of the text, however they are counted.
    private static let bodyLength = 140
    /// Characters of a name in the title; somebody else chose it.
    private static let nameLength = 80

    /// - Parameters:
    ///   - status: what it is about, if anything.
    ///   - icon: the address of their picture, at this server.
    init(_ notification: Notification, from actor: Actor, about status: Status?, icon: String) {
        id = notification.id
        kind = notification.kind
        self.icon = icon
        let name = actor.name.isEmpty ? actor.username : actor.name
        title = kind.title(PushMessage.short(PlainText.cleaned(name), PushMessage.nameLength))
        body = PushMessage.text(of: actor, status)
    }

    /// The warning of a post in place of its text; of somebody, what they say of themselves.
    private static func text(of actor: Actor, _ status: Status?) -> String {
        if let status, !status.spoiler.isEmpty {
            return short(PlainText.cleaned(status.spoiler), bodyLength)
        }
        return short(PlainText.text(status?.content ?? actor.summary, limit: bodyLength), bodyLength)
    }

    /// At most so many Unicode scalars, so that marks piled upon one letter count as well.
    private static func short(_ text: String, _ length: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > length else { return text }
        var cut = String.UnicodeScalarView(scalars.prefix(length - 1))
        cut.append("\u{2026}")
        return String(cut)
    }

    /// - Parameters:
    ///   - token: the access token that the app registered with, by which it tells accounts apart.
    ///   - locale: the owner's language.
    func json(token: String, locale: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        writer.object { writer in
            writer.field("access_token", token)
            writer.field("preferred_locale", locale)
            // A number, unlike everywhere else: apps stop at a text.
            writer.field("notification_id", id.value)
            writer.field("notification_type", kind.name)
            writer.field("icon", icon)
            writer.field("title", title)
            writer.field("body", body)
        }
        return writer.bytes
    }
}

extension Notification.Kind {
    /// The words of Mastodon, which some apps show as they come.
    fileprivate func title(_ name: String) -> String {
        switch self {
        case .mention: "You were mentioned by \(name)"
        case .status: "\(name) just posted"
        case .reblog: "\(name) boosted your post"
        case .follow: "\(name) is now following you"
        case .followRequest: "Pending follower: \(name)"
        case .favourite: "\(name) favorited your post"
        case .update: "\(name) edited a post"
        case .poll: "A poll by \(name) has ended"
        case .quote: "\(name) quoted your post"
        case .quotedUpdate: "\(name) edited a post you have quoted"
        case .report: "\(name) submitted a report"
        }
    }
}
