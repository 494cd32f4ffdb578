import JSON

extension NodeInfo {
    /// Our `/.well-known/nodeinfo`. Some read only the first link, which is therefore the older version.
    package static func index(origin: String, instanceActor: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object {
            $0.array("links") { links in
                for version in Version.allCases {
                    links.object {
                        $0.field("rel", "http://nodeinfo.diaspora.software/ns/schema/\(version.rawValue)")
                        $0.field("href", "\(origin)/nodeinfo/\(version.rawValue)")
                    }
                }
                // FEP-2677: who fetches in the name of this server.
                links.object {
                    $0.field("rel", "https://www.w3.org/ns/activitystreams#Application")
                    $0.field("href", instanceActor)
                }
            }
        }
        return writer.bytes
    }

    /// Our own: one user, who is counted as active only when it is so (FEP-0151: numbers are never made up).
    ///
    /// - Parameters:
    ///   - softwareVersion: without suffix; some apps parse it.
    ///   - localPosts: the owner's own posts that anybody may read.
    ///   - name: of the server, for people.
    ///   - staff: the id of the owner.
    package static func document(
        _ version: Version, softwareVersion: String, localPosts: Int, isActiveInMonth: Bool,
        isActiveInHalfYear: Bool, name: String, staff: String
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 768)
        writer.object {
            $0.field("version", version.rawValue)
            $0.object("software") {
                $0.field("name", "islet")
                $0.field("version", softwareVersion)
            }
            $0.field("protocols", ["activitypub"])
            $0.object("services") {
                $0.field("inbound", [])
                $0.field("outbound", [])
            }
            $0.field("openRegistrations", false)
            $0.object("usage") {
                $0.object("users") {
                    $0.field("total", 1)
                    $0.field("activeMonth", isActiveInMonth ? 1 : 0)
                    $0.field("activeHalfyear", isActiveInHalfYear ? 1 : 0)
                }
                $0.field("localPosts", localPosts)
            }
            $0.object("metadata") {
                $0.field("nodeName", name)
                $0.field("staffAccounts", [staff])
            }
        }
        return writer.bytes
    }
}
