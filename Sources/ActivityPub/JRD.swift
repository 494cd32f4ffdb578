package import JSON

/// What a server answers about a resource: the document of RFC 7033 section 4.4.
package struct JRD: Sendable {
    package struct Link: Sendable {
        package let rel: String
        package let type: String?
        package let href: String?
        package let template: String?
        /// Lemmy tells a person from a community of the same name by this.
        package let actorType: String?
    }

    package let subject: String?
    package let aliases: [String]
    /// At most 64.
    package let links: [Link]

    /// Reads somebody's answer; nil when it is no object.
    package init?(_ value: JSONValue) {
        guard value.kind == .object else { return nil }
        subject = value["subject"]?.string
        aliases = Array((value["aliases"]?.ids() ?? []).prefix(16))
        links = (value["links"]?.asArray ?? []).prefix(64).compactMap { link in
            guard let rel = link["rel"]?.string else { return nil }
            return Link(
                rel: rel, type: link["type"]?.string, href: link["href"]?.string,
                template: link["template"]?.string,
                actorType: link["properties"]?["https://www.w3.org/ns/activitystreams#type"]?.string)
        }
    }

    /// The account that the server itself calls by this handle.
    package var account: WebFinger.Resource? {
        guard let subject, let resource = WebFinger.resource(subject) else { return nil }
        if case .account = resource { return resource }
        return nil
    }

    /// The id of the actor; the person, when a community has the same name.
    package var actor: String? {
        let candidates = links.filter {
            $0.rel == "self" && $0.href?.isEmpty == false && JRD.isDocument($0.type)
        }
        let person = candidates.first { $0.actorType == "Person" } ?? candidates.first { $0.actorType == nil }
        return (person ?? candidates.first)?.href
    }

    /// The page where a visitor with an account elsewhere is sent to follow, with `{uri}` in it.
    package var subscribeTemplate: String? {
        links.first { $0.rel == "http://ostatus.org/schema/1.0/subscribe" }?.template
    }

    /// The page for everything that people do with what they met elsewhere, with `{uri}` in it: the older way to say so,
    /// or that of FEP-3b86.
    package var interactionTemplate: String? {
        let object = links.first { $0.rel == "https://w3id.org/fep/3b86/Object" }?.template
        return [subscribeTemplate, object?.replacing("{object}", with: "{uri}")].compactMap(\.self)
            .first { $0.contains("{uri}") }
    }

    /// Mitra gives only the `ld+json` spelling; parameters are spelled freely.
    private static func isDocument(_ type: String?) -> Bool {
        guard let type = type?.lowercased() else { return false }
        return type.hasPrefix("application/activity+json")
            || type.hasPrefix("application/ld+json") && type.contains("www.w3.org/ns/activitystreams")
    }
}
