import Storage

extension MediaProxy {
    /// Names in one question to the database.
    private static let namesAtOnce = 500

    /// Removes what must not be here: files of people and servers that were blocked, of posts that are gone, and
    /// pictures that were changed. What is being fetched of them ends at once.
    package func sweep() async {
        endUnwanted()
        guard cache.bounds.bytes > 0 else { return }
        _ = await cache.onWorker {
            defer { self.cache.lookAtDisk() }
            do {
                var names: [String] = []
                try MediaFolder.visit(self.cache.folder) { if !$0.hasPrefix(".") { names.append($0) } }
                while !names.isEmpty {
                    let part = Array(names.suffix(MediaProxy.namesAtOnce))
                    names.removeLast(part.count)
                    try self.cache.remove(self.unwanted(among: part) + part.filter(self.cameFromRefused))
                }
            } catch {
                // What cannot be looked up now is looked up tomorrow; nothing of it is handed out meanwhile.
            }
        }
    }

    private func endUnwanted() {
        let names = slots.names
        guard !names.isEmpty else { return }
        // Without an answer of the database nothing more is begun either.
        guard let unwanted = try? unwanted(among: names.map(\.description)) else { return slots.end(names) }
        slots.end(Set(unwanted.compactMap { RemoteName($0) }))
        // The rows know only where a redirect began.
        slots.end(slots.names(notAllowedBy: asking.mayAsk))
    }

    /// Whether a redirect to a server that is blocked now brought this file.
    private func cameFromRefused(_ name: String) -> Bool {
        !CachedFile.others(at: "\(cache.folder)/\(name)").allSatisfy(asking.mayAsk)
    }

    private func unwanted(among names: [String]) throws -> [String] {
        let parsed = names.map { ($0, RemoteName($0)) }
        let found = try store.read { try RemoteFiles.find(parsed.compactMap { $0.1?.file }, in: $0) }
        return parsed.filter { _, name in
            guard let name, let source = found[name.file] else { return true }
            return !name.isSigned(with: sign(name.file, source.url))
        }.map(\.0)
    }
}
