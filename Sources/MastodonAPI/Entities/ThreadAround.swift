import Storage

/// Which posts are around one: those that it answers, the eldest first, and those that answer it, depth first.
struct ThreadAround {
    private(set) var above: [StatusID]
    private(set) var below: [StatusID]
    /// Whether more replies come after those below.
    private(set) var isCut = false

    /// - Parameter limit: of each of the two.
    init(_ id: StatusID, limit: Int, in snapshot: Snapshot) throws {
        above = try Statuses.ancestors(of: id, limit: limit, in: snapshot)
        let known = Set(above + [id])
        below = try Statuses.descendants(of: id, limit: limit, in: snapshot).filter { !known.contains($0) }
    }

    /// Keeps what anybody may be shown: the nearest above, and the first below. What is hidden takes nobody's place.
    ///
    /// - Parameters:
    ///   - limit: of each of the two.
    ///   - last: begins after this reply; after those that came before it, if it is gone by now.
    mutating func keepForEverybody(_ limit: Int, after last: StatusID?, in snapshot: Snapshot) throws {
        let shown = Set(try Statuses.forEverybody(above + below, in: snapshot))
        above = Array(above.filter(shown.contains).suffix(limit))
        if let last {
            let place = below.firstIndex(of: last)
            below = place.map { Array(below[($0 + 1)...]) } ?? below.filter { $0.value > last.value }
        }
        below = below.filter(shown.contains)
        isCut = below.count > limit
        below = Array(below.prefix(limit))
    }
}
