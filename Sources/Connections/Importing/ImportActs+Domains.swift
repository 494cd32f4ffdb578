import Federation
import Storage

extension ImportActs {
    /// Blocks the domains that these lines name. Those that are blocked already cost nothing.
    func blockDomains(_ lines: [Int], of job: ImportJobID, in tx: Transaction) throws {
        var wanted: [(line: Int, domain: String)] = []
        for line in lines {
            guard let text = try ImportLines.entry(line, of: job, in: tx) else { continue }
            guard case .domainBlock(let domain)? = ImportEntry(stored: text, .domainBlocks, limits: limits)
            else {
                try ImportLines.fail(line, of: job, because: "The line cannot be read any more.", in: tx)
                continue
            }
            wanted.append((line, domain))
        }
        let new = try Set(wanted.map(\.domain)).filter { try DomainBlocks.row(of: $0, in: tx) == nil }
        try outbox.blockDomains(new, in: tx)
        for (line, domain) in wanted {
            if let row = try DomainBlocks.row(of: domain, in: tx) {
                try ImportLines.settle(line, of: job, target: row, in: tx)
            } else {
                try ImportLines.fail(line, of: job, because: "\(domain) is your own server.", in: tx)
            }
        }
    }
}
