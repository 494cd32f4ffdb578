import HTTP
import Storage

/// What one line of a file asks for.
enum ImportEntry: Equatable, Sendable {
    case follow(Person, FollowWish)
    case listMember(Person, list: String)
    /// nil leaves it as it is, or hides them.
    case mute(Person, hidesNotifications: Bool?)
    case block(Person)
    case domainBlock(String)
    case bookmark(String)
    case filter(FilterLine)

    /// Somebody, by handle or by the address of their profile.
    struct Person: Equatable, Sendable {
        /// `name@host`, or an address of the web.
        let address: String
        /// With the port if it is not the usual one.
        let host: String
    }

    /// What of somebody is wanted; nil leaves it as it is, or as follows begin.
    struct FollowWish: Equatable, Sendable {
        var reblogs: Bool?
        var notify: Bool?
        /// Tags; empty for all languages.
        var languages: [String]?
    }

    /// Whom to ask about it; empty for nobody.
    var host: String {
        switch self {
        case .follow(let person, _), .listMember(let person, _), .mute(let person, _), .block(let person):
            person.host
        case .bookmark(let uri): WebURL(uri)?.authority ?? ""
        case .filter(let line): line.post.flatMap { WebURL($0)?.authority } ?? ""
        case .domainBlock: ""
        }
    }

    /// Whether the file names somebody by an address that only their server can turn into a handle.
    var isByAddress: Bool {
        switch self {
        case .follow(let person, _), .listMember(let person, _), .mute(let person, _), .block(let person):
            person.address.hasPrefix("http://") || person.address.hasPrefix("https://")
        case .domainBlock, .bookmark, .filter: false
        }
    }

    /// By what it is compared with what is here already; addresses without regard to case.
    var key: String {
        switch self {
        case .follow(let person, _), .mute(let person, _), .block(let person): person.address.lowercased()
        case .listMember(let person, let list): list + "\n" + person.address.lowercased()
        case .domainBlock(let domain): domain
        case .bookmark(let uri): uri
        case .filter(let line): CSVWriter.text(line.fields)
        }
    }
}

/// Why a line cannot be read, as a plain sentence.
struct UnreadableLine: Error, Equatable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
