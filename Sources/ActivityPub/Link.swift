import HTTP
import JSON

/// Addresses as documents give them: a string, a Link or an Image, or several to choose from.
enum Link {
    /// The page for people: the first of type `text/html`, else the first bare address, else the first Link.
    static func page(_ value: JSONValue) -> String? {
        var bare: String?
        var other: String?
        for item in value.asArray {
            guard let address = address(item) else { continue }
            if item.kind == .string {
                bare = bare ?? address
            } else if item["mediaType"]?.string?.hasPrefix("text/html") == true {
                return address
            } else if item["mediaType"]?.string == nil {
                bare = bare ?? address
            } else {
                other = other ?? address
            }
        }
        return bare ?? other
    }

    /// The first usable picture: a string, a Link, or an Image whose `url` is one of these.
    static func picture(_ value: JSONValue) -> String? {
        for item in value.asArray {
            if let address = address(item) { return address }
            if let inner = item["url"]?.asArray.lazy.compactMap(address).first { return inner }
        }
        return nil
    }

    /// The address in a string or a Link, when it belongs to the web.
    static func address(_ item: JSONValue) -> String? {
        guard let text = item.string ?? item["href"]?.string, text.utf8.count <= ObjectID.longest,
            WebURL(text) != nil
        else { return nil }
        return text
    }

    static func sameHost(_ left: String, _ right: String) -> Bool {
        guard let host = WebURL(left)?.host else { return false }
        return host == WebURL(right)?.host
    }
}
