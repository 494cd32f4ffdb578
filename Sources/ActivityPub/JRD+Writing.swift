import JSON

extension JRD {
    /// Our answer about one of our actors.
    ///
    /// - Parameters:
    ///   - subject: `acct:name@host`, the one handle of the actor.
    ///   - actor: its id.
    ///   - profile: its page for people.
    ///   - origin: of this server, for the pages that others send their visitors to; nil for an actor that nobody
    ///     follows.
    ///   - avatar: address and media type of its picture.
    package static func document(
        subject: String, actor: String, profile: String, origin: String?,
        avatar: (url: String, type: String)? = nil
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        writer.object {
            $0.field("subject", subject)
            $0.field("aliases", profile == actor ? [actor] : [profile, actor])
            $0.array("links") { links in
                links.object {
                    $0.field("rel", "self")
                    $0.field("type", "application/activity+json")
                    $0.field("href", actor)
                }
                links.object {
                    $0.field("rel", "http://webfinger.net/rel/profile-page")
                    $0.field("type", "text/html")
                    $0.field("href", profile)
                }
                if let avatar {
                    links.object {
                        $0.field("rel", "http://webfinger.net/rel/avatar")
                        $0.field("type", avatar.type)
                        $0.field("href", avatar.url)
                    }
                }
                guard let origin else { return }
                links.object {
                    $0.field("rel", "http://ostatus.org/schema/1.0/subscribe")
                    $0.field("template", "\(origin)/authorize_interaction?uri={uri}")
                }
                links.object {
                    $0.field("rel", "https://w3id.org/fep/3b86/Object")
                    $0.field("template", "\(origin)/authorize_interaction?uri={object}")
                }
                links.object {
                    $0.field("rel", "https://w3id.org/fep/3b86/Create")
                    $0.field("template", "\(origin)/share?text={content}")
                }
            }
        }
        return writer.bytes
    }
}
