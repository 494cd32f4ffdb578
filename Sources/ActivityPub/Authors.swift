import JSON

/// Who answers for a post.
enum Authors {
    /// The ids in `attributedTo`, or in `actor` where old software put them; people before groups.
    ///
    /// Lemmy and PeerTube list the community or channel (a Group) beside the person.
    static func of(_ value: JSONValue) -> [String] {
        guard let found = value["attributedTo"] ?? value["actor"] else { return [] }
        let items = found.asArray.prefix(16)
        let groups = items.filter { $0.has(type: "Group") }.compactMap(\.firstID)
        let others = items.filter { !$0.has(type: "Group") }.compactMap(\.firstID)
        return others + groups
    }
}
