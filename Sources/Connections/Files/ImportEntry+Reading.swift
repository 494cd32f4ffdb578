import HTTP
import Storage

extension ImportEntry {
    /// - Parameter fields: in the order of the kind's columns; those at the end may be missing.
    init(_ kind: ConnectionKind, _ fields: [String], limits: ImportLimits) throws(UnreadableLine) {
        func field(_ index: Int) -> String? { index < fields.count ? fields[index].trimmed : nil }
        let first = field(0) ?? ""
        switch kind {
        case .follows:
            let wish = FollowWish(
                reblogs: ImportEntry.bool(field(1)), notify: ImportEntry.bool(field(2)),
                languages: try ImportEntry.languages(field(3), limits))
            self = .follow(try Person(first), wish)
        case .lists:
            guard !first.isEmpty, first.unicodeScalars.count <= limits.listTitleLength else {
                throw UnreadableLine("The list has no name, or a too long one.")
            }
            self = .listMember(try Person(field(1) ?? ""), list: first)
        case .mutes:
            self = .mute(try Person(first), hidesNotifications: ImportEntry.bool(field(1)))
        case .blocks:
            self = .block(try Person(first))
        case .domainBlocks:
            self = .domainBlock(try ImportEntry.domain(first, severity: field(1)))
        case .bookmarks:
            guard let url = WebURL(first), url.path != "/" || url.query != nil else {
                throw UnreadableLine("«\(ImportEntry.shown(first))» is not the address of a post.")
            }
            self = .bookmark(first)
        case .filters:
            self = .filter(try FilterLine(fields, limits: limits))
        }
    }

    static func bool(_ text: String?) -> Bool? {
        switch text?.lowercased() {
        case "true", "t", "1", "yes", "y", "on": true
        case "false", "f", "0", "no", "n", "off": false
        default: nil
        }
    }

    /// Tags with commas between.
    private static func languages(
        _ text: String?, _ limits: ImportLimits
    ) throws(UnreadableLine) -> [String]? {
        guard let text else { return nil }
        let tags = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        guard tags.count <= limits.followLanguages, tags.allSatisfy(Following.isLanguageTag) else {
            throw UnreadableLine("«\(shown(text))» are not languages.")
        }
        return tags
    }

    private static func domain(_ text: String, severity: String?) throws(UnreadableLine) -> String {
        guard let domain = WebURL.asciiHost(text), domain.contains(".") else {
            throw UnreadableLine("«\(shown(text))» is not the name of a server.")
        }
        // An administrator may only limit a server; that is not what a block of the owner's does.
        guard let severity, !severity.isEmpty, severity.lowercased() != "suspend" else { return domain }
        throw UnreadableLine("\(domain) is only limited in that file («\(shown(severity))»), not blocked.")
    }

    /// A piece of a file as it may stand in a sentence.
    static func shown(_ text: String) -> String {
        text.count <= 80 ? text : text.prefix(80) + "…"
    }
}

extension ImportEntry.Person {
    /// Reads `name@host`, `@name@host`, `acct:name@host` or the address of a profile.
    init(_ text: String) throws(UnreadableLine) {
        if text.hasPrefix("https://") || text.hasPrefix("http://") {
            guard let url = WebURL(text), url.path != "/" || url.query != nil else {
                throw UnreadableLine("«\(ImportEntry.shown(text))» is not the address of a profile.")
            }
            self.init(address: url.string, host: url.authority)
            return
        }
        var handle = text[...]
        if handle.lowercased().hasPrefix("acct:") { handle = handle.dropFirst(5) }
        if handle.first == "@" { handle = handle.dropFirst() }
        guard let at = handle.lastIndex(of: "@"), at != handle.startIndex else {
            throw UnreadableLine("«\(ImportEntry.shown(text))» is not an address like name@server.")
        }
        let name = handle[..<at]
        guard let url = WebURL("https://\(handle[handle.index(after: at)...])/"), url.path == "/",
            url.query == nil, name.utf8.count <= 128,
            name.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value != 0x7F && !"@/:<>\"'\\,".unicodeScalars.contains($0)
            })
        else { throw UnreadableLine("«\(ImportEntry.shown(text))» is not an address like name@server.") }
        self.init(address: "\(name)@\(url.authority)", host: url.authority)
    }
}
