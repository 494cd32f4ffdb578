import JSON
import Markup

/// A line of the profile's table, as the owner typed it.
struct ProfileField: Hashable {
    var name: String
    var value: String

    /// Reads `[{"name": …, "value": …}]`; what is no such list has no fields.
    static func list(_ json: String) -> [ProfileField] {
        // Written by ourselves; damage shows as an empty list and is mended by the next edit.
        guard let document = try? Document(Array(json.utf8)) else { return [] }
        return document.root.elements.compactMap { element in
            guard let name = element["name"]?.string, let value = element["value"]?.string else { return nil }
            return ProfileField(name: name, value: value)
        }
    }

    static func stored(_ fields: [ProfileField]) -> String {
        var writer = JSONWriter()
        writer.array { writer in
            for field in fields {
                writer.object { writer in
                    writer.field("name", field.name)
                    writer.field("value", field.value)
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The fields as other servers and visitors see them, in the shape of the client API.
    static func shown(_ fields: [ProfileField]) -> String {
        var writer = JSONWriter()
        writer.array { writer in
            for field in fields {
                writer.object { writer in
                    writer.field("name", field.name)
                    writer.field("value", field.html.text)
                    writer.null("verified_at")
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// An address alone becomes a link that says "me", <https://microformats.org/wiki/rel-me>; all else is
    /// text.
    private var html: HTML {
        let links = PostText(value).links
        guard links.count == 1, let link = links.first,
            value.hasPrefix("https://") || value.hasPrefix("http://"),
            !value.contains(where: \.isWhitespace)
        else { return HTML(escaping: value) }
        let scheme = link.hasPrefix("https://") ? "https://" : "http://"
        return """
            <a href="\(link)" target="_blank" rel="nofollow noopener me" translate="no">\
            <span class="invisible">\(scheme)</span><span>\(link.dropFirst(scheme.count))</span></a>
            """
    }
}
