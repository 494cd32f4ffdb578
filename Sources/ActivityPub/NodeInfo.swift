package import JSON

/// What software a server runs and how much is on it: <https://nodeinfo.diaspora.software/protocol>.
package struct NodeInfo: Sendable, Equatable {
    package enum Version: String, Sendable, CaseIterable {
        case v20 = "2.0"
        case v21 = "2.1"

        fileprivate var schema: String { "http://nodeinfo.diaspora.software/ns/schema/\(rawValue)" }

        package var contentType: String { "application/json; profile=\"\(schema)#\"" }
    }

    /// Lower case, digits and hyphens.
    package let software: String
    package let softwareVersion: String

    /// Reads somebody's; nil when it names no software.
    package init?(_ value: JSONValue) {
        guard let name = value["software"]?["name"]?.string, !name.isEmpty, name.utf8.count <= 64 else {
            return nil
        }
        software = name.lowercased()
        softwareVersion = String((value["software"]?["version"]?.string ?? "").prefix(64))
    }

    /// The address of the newest version that both sides know, from somebody's `/.well-known/nodeinfo`.
    package static func url(in value: JSONValue) -> String? {
        let links = (value["links"]?.asArray ?? []).prefix(16)
        for version in Version.allCases.reversed() {
            let link = links.first { $0["rel"]?.string == version.schema }
            if let href = link?["href"]?.string { return href }
        }
        return nil
    }
}
