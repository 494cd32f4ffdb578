/// A link in a post: where it leads, and how it is shown shortened.
struct PostLink {
    /// The address with its host in ASCII.
    let href: String
    /// The scheme and `www.`, which are not shown.
    private let prefix: String
    /// The rest, its host in Unicode.
    private let shown: String

    /// Longest address that is shown whole, in characters without the prefix; one more than this is not worth
    /// a cut.
    private static let shownLength = 30

    /// - Parameter address: as found in the text.
    init(_ address: String) {
        let (start, host, rest) = Self.split(address)
        href = start + Punycode.ascii(host: host) + rest
        let visibleHost = Punycode.unicode(host: host)
        if visibleHost.lowercased().hasPrefix("www."), Self.isHypertext(start) {
            prefix = start + visibleHost.prefix(4)
            shown = visibleHost.dropFirst(4) + rest
        } else if Self.isHypertext(start) || start.lowercased() == "xmpp:" {
            prefix = start
            shown = visibleHost + rest
        } else {
            prefix = ""
            shown = start + visibleHost + rest
        }
    }

    /// The markup that clients know: they leave out `invisible` and put an ellipsis after `ellipsis`.
    var html: HTML {
        let isCut = shown.count > Self.shownLength + 1
        let visible = isCut ? String(shown.prefix(Self.shownLength)) : shown
        let rest = isCut ? String(shown.dropFirst(Self.shownLength)) : ""
        return """
            <a href="\(href)" target="_blank" rel="nofollow noopener" translate="no">\
            <span class="invisible">\(prefix)</span>\
            <span class="\(isCut ? "ellipsis" : "")">\(visible)</span>\
            <span class="invisible">\(rest)</span></a>
            """
    }

    private static func isHypertext(_ start: String) -> Bool {
        let start = start.lowercased()
        return start == "https://" || start == "http://"
    }

    /// Scheme with slashes, host, and what follows the host. Addresses without host have all in the last
    /// part.
    private static func split(_ address: String) -> (start: String, host: String, rest: String) {
        guard let colon = address.utf8.firstIndex(of: UInt8(ascii: ":")) else { return ("", "", address) }
        let afterColon = address.utf8.index(after: colon)
        guard address[afterColon...].hasPrefix("//") else {
            return (String(address[..<afterColon]), "", String(address[afterColon...]))
        }
        let host = address.utf8.index(afterColon, offsetBy: 2)
        let end = address[host...].firstIndex { ":/?#".contains($0) } ?? address.endIndex
        return (String(address[..<host]), String(address[host..<end]), String(address[end...]))
    }
}
