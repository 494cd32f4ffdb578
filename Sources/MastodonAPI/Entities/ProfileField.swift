import Basics
import HTTP
import JSON
import Markup

/// A line of the profile's table, as the owner typed it.
struct ProfileField: Hashable {
    var name: String
    var value: String
    /// Since when the page that it leads to is known to lead back.
    var verifiedAt: Timestamp?

    /// Reads what `stored` wrote; what is no such list has no fields.
    static func list(_ json: String) -> [ProfileField] {
        // Written by ourselves; damage shows as an empty list and is mended by the next edit.
        guard let document = try? Document(Array(json.utf8)) else { return [] }
        return document.root.elements.compactMap { element in
            guard let name = element["name"]?.string, let value = element["value"]?.string else { return nil }
            let verifiedAt = element["verified"]?.int.map { Timestamp(milliseconds: Int64($0)) }
            return ProfileField(name: name, value: value, verifiedAt: verifiedAt)
        }
    }

    /// As the store keeps them: names and values as typed, moments in milliseconds since 1970.
    static func stored(_ fields: [ProfileField]) -> String {
        var writer = JSONWriter()
        writer.array { writer in
            for field in fields {
                writer.object { writer in
                    writer.field("name", field.name)
                    writer.field("value", field.value)
                    if let verifiedAt = field.verifiedAt { writer.field("verified", verifiedAt.milliseconds) }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// As apps see them: the value as typed for whoever edits it, else as HTML, which is also what other servers and
    /// visitors see.
    static func shown(_ fields: [ProfileField], asTyped: Bool = false) -> String {
        var writer = JSONWriter()
        writer.array { writer in
            for field in fields {
                writer.object { writer in
                    writer.field("name", field.name)
                    writer.field("value", asTyped ? field.value : field.html.text)
                    writer.field(
                        "verified_at", field.verifiedAt.map { ISO8601.milliseconds($0.milliseconds) })
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The address that is all there is in the value.
    var address: String? {
        let links = PostText(value).links
        guard links.count == 1, let link = links.first,
            value.hasPrefix("https://") || value.hasPrefix("http://"),
            !value.contains(where: \.isWhitespace)
        else { return nil }
        return link
    }

    /// An address alone becomes a link that says "me", <https://microformats.org/wiki/rel-me>; all else is
    /// text.
    private var html: HTML {
        guard let link = address else { return HTML(escaping: value) }
        let scheme = link.hasPrefix("https://") ? "https://" : "http://"
        return """
            <a href="\(link)" target="_blank" rel="nofollow noopener me" translate="no">\
            <span class="invisible">\(scheme)</span><span>\(link.dropFirst(scheme.count))</span></a>
            """
    }
}
