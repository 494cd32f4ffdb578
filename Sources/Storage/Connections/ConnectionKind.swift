/// What of the owner's connections can be taken along in a file. The numbers are stored.
package enum ConnectionKind: Int, CaseIterable, Sendable {
    case follows = 0
    case lists = 1
    case mutes = 2
    case blocks = 3
    case domainBlocks = 4
    case bookmarks = 5
    case filters = 6
}
