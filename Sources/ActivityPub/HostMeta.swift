import JSON

/// Where a host answers WebFinger, for those who ask the old way: RFC 6415.
package enum HostMeta {
    package static let contentType = "application/xrd+xml; charset=utf-8"

    /// - Parameter origin: of this server; nothing in it needs escaping.
    package static func xml(origin: String) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
              <Link rel="lrdd" template="\(origin)/.well-known/webfinger?resource={uri}"/>
            </XRD>

            """.utf8)
    }

    package static func json(origin: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object {
            $0.array("links") {
                $0.object {
                    $0.field("rel", "lrdd")
                    $0.field("template", "\(origin)/.well-known/webfinger?resource={uri}")
                }
            }
        }
        return writer.bytes
    }

    /// The template with `{uri}` that somebody's document gives for WebFinger, in XML.
    ///
    /// Reads only as much XML as this needs: the attributes of the first element `Link` with `rel="lrdd"`.
    package static func template(in document: String) -> String? {
        for element in Array(document.utf8.prefix(65_536)).split(separator: UInt8(ascii: "<")) {
            guard element.starts(with: "Link".utf8), attribute("rel", of: element) == "lrdd",
                let template = attribute("template", of: element)
            else { continue }
            return template.contains("{uri}") ? template : nil
        }
        return nil
    }

    private static func attribute(_ name: String, of element: ArraySlice<UInt8>) -> String? {
        var rest = element.prefix { $0 != UInt8(ascii: ">") }
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let word = rest[..<equals].split(whereSeparator: isSpace).last ?? []
            let value = rest[(equals + 1)...].drop(while: isSpace)
            guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
                let end = value.dropFirst().firstIndex(of: quote)
            else { return nil }
            if word.elementsEqual(name.utf8) {
                let text = String(decoding: value[(value.startIndex + 1)..<end], as: UTF8.self)
                return text.replacing("&amp;", with: "&")
            }
            rest = rest[(end + 1)...]
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || 0x09...0x0D ~= byte
    }
}
