package import Basics
import Glibc
package import Storage

/// What lies in the cache, for the owner who wants to know: what, since when, from whom and why.
package struct CachedFiles {
    package struct Entry: Sendable {
        package var name: String
        /// On the disk.
        package var bytes: Int
        /// When it was fetched; nil for one that is not whole.
        package var since: Timestamp?
        package var kind: String
        /// Nil when no row names it any more; what is blocked is told like everything else.
        package var source: RemoteSource?
        /// That of the file and that of whoever shows it, with or without a port, as the addresses have it.
        package var hosts: [String]
    }

    /// Names in one question to the database.
    private static let namesAtOnce = 500

    private let folder: String
    private let store: Store

    package init(folder: String, store: Store) {
        self.folder = folder
        self.store = store
    }

    /// Every file, in the order of the folder. One that is arriving is none yet.
    ///
    /// - Throws: `MediaFolderError` if the folder cannot be read; what the database throws.
    package func forEach(_ body: (Entry) -> Void) throws {
        var names: [String] = []
        var facts = stat()
        // Made when the server first starts.
        guard stat(folder, &facts) == 0 else { return }
        try MediaFolder.visit(folder) { if !$0.hasPrefix(".") { names.append($0) } }
        names.sort()
        var rest = names[...]
        while !rest.isEmpty {
            let part = rest.prefix(CachedFiles.namesAtOnce)
            rest = rest.dropFirst(part.count)
            let files = part.compactMap { RemoteName($0)?.file }
            let found = try store.read { try RemoteFiles.named(files, in: $0) }
            for name in part {
                if let entry = entry(name, found) { body(entry) }
            }
        }
    }

    private func entry(_ name: String, _ found: [RemoteFile: RemoteFiles.Named]) -> Entry? {
        let descriptor = CachedFile.open("\(folder)/\(name)")
        // Removed meanwhile.
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { return nil }
        let file = RemoteName(name)?.file
        let named = file.flatMap { found[$0] }
        return Entry(
            name: name, bytes: Int(facts.st_size), since: CachedFile(descriptor)?.storedAt,
            kind: file?.kind.rawValue ?? "unknown", source: named?.source, hosts: named?.hosts ?? [])
    }

    /// Removes one; a running server finds out by itself.
    ///
    /// - Returns: whether it was there.
    package func remove(_ entry: Entry) -> Bool { unlink("\(folder)/\(entry.name)") == 0 }
}
