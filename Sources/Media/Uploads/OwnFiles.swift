import Glibc
package import Storage

/// The folder of own files beside what the database says, for the owner who wants to know whether they agree.
package struct OwnFiles: Sendable {
    package var files = 0
    package var bytes = 0
    /// Files that no row names: too new to be used, or left by a crash until the next cleaning.
    package var unnamed: [String] = []
    /// Files that a row names and that are not here.
    package var missing: [String] = []

    /// Names in one question to the database.
    private static let namesAtOnce = 500

    /// - Throws: `MediaFolderError` if the folder cannot be read; what the database throws.
    package init(folder: String, store: Store) throws {
        var here = Set<String>()
        var facts = stat()
        // Made when the server first starts.
        if stat(folder, &facts) == 0 {
            try MediaFolder.visit(folder) { if MediaFile($0) != nil { here.insert($0) } }
        }
        for name in here where stat("\(folder)/\(name)", &facts) == 0 {
            files += 1
            bytes += Int(facts.st_size)
        }
        let named = try store.read { try Attachments.ownFiles(in: $0) }
        missing = Set(named).subtracting(here).sorted()
        var rest = here.subtracting(named).sorted()[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(OwnFiles.namesAtOnce))
            rest = rest.dropFirst(part.count)
            // The owner's own pictures are named elsewhere.
            let used = try store.read { try Attachments.inUse(part, in: $0) }
            unnamed += part.filter { !used.contains($0) }
        }
    }
}
