package import Basics
package import Federation
package import HTTP
import Markup
package import Storage

/// Finds out whether the pages in the owner's profile lead back to it with `rel="me"`: after each change of the fields,
/// and again every week. No request waits for it.
package final class LinkVerifier: Sendable {
    /// The content of a page; nil when it is there no more, or is no page. Throws when it may be had later.
    package typealias Read = @Sendable (WebURL) async throws -> [UInt8]?

    /// How long the word of a page is good.
    private static let lifetime = Duration.days(7)
    /// When a page that could not be had is asked again.
    private static let patience = Duration.days(1)

    private let store: Store
    private let identity: Identity
    private let clock: Clock
    private let log: Log
    private let read: Read
    private let bell = Doorbell()

    package init(store: Store, identity: Identity, clock: Clock, log: Log, read: @escaping Read) {
        self.store = store
        self.identity = identity
        self.clock = clock
        self.log = log
        self.read = read
        store.changes.listen { [bell] news in
            if news.contains(.owner) { bell.ring() }
        }
    }

    /// Works until cancelled.
    package func run() async {
        while !Task.isCancelled {
            var next: Timestamp?
            do {
                next = try await verifyDue()
            } catch {
                log.error("profile links cannot be verified", ["error": String(describing: type(of: error))])
                next = clock.now() + .hours(1)
            }
            await bell.wait(atMost: next.map { max(.milliseconds(100), $0 - clock.now()) }, clock: clock)
        }
    }

    /// Looks at the pages when it is time; when it is time again, nil when there are none.
    func verifyDue() async throws -> Timestamp? {
        guard let owner = try store.read({ try Owner.load(in: $0) }) else { return nil }
        let addresses = Set(ProfileField.list(owner.fields).compactMap(\.address))
        guard !addresses.isEmpty else { return nil }
        let due = owner.fieldsCheckedAt + LinkVerifier.lifetime
        guard due <= clock.now() else { return due }
        var leadsBack: [String: Bool] = [:]
        for address in addresses.sorted() { leadsBack[address] = await self.leadsBack(address) }
        let now = clock.now()
        // As if all had been looked at so long ago that it is time again when the missing one is asked again.
        let isComplete = leadsBack.count == addresses.count
        let checked = isComplete ? now : now - LinkVerifier.lifetime + LinkVerifier.patience
        try await note(leadsBack, checked: checked, at: now)
        return checked + LinkVerifier.lifetime
    }

    /// Nil when it could not be found out.
    private func leadsBack(_ address: String) async -> Bool? {
        guard let url = WebURL(address) else { return false }
        do {
            guard let page = try await read(url) else { return false }
            return RelMe.links(in: page).contains(where: isProfile)
        } catch {
            log.info("a page in the profile could not be read", ["host": url.authority])
            return nil
        }
    }

    private func isProfile(_ link: String) -> Bool {
        let link = link.hasSuffix("/") ? String(link.dropLast()) : link
        return [identity.profile, identity.actor].contains { $0.lowercased() == link.lowercased() }
    }

    /// Of a page that could not be had, what was known stays.
    private func note(_ leadsBack: [String: Bool], checked: Timestamp, at now: Timestamp) async throws {
        try await store.write { [identity] tx in
            guard var account = try Actors.find(identity.owner, in: tx), var owner = try Owner.load(in: tx)
            else { return }
            let fields = ProfileField.list(owner.fields).map { field in
                var field = field
                if let found = field.address.flatMap({ leadsBack[$0] }) {
                    field.verifiedAt = found ? field.verifiedAt ?? now : nil
                }
                return field
            }
            // A field that came meanwhile was not looked at, and the change that brought it rang already.
            guard fields.compactMap(\.address).allSatisfy({ leadsBack[$0] != nil }) || checked != now else {
                return
            }
            owner.fields = ProfileField.stored(fields)
            owner.fieldsCheckedAt = checked
            account.fields = ProfileField.shown(fields)
            try owner.save(in: tx)
            _ = try Actors.save(account, in: tx)
        }
    }
}
