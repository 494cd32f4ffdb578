import ActivityPub
package import Basics
import HTTP
import JSON
package import Storage

/// What a search for an address or a handle found.
package enum Resolved: Hashable, Sendable {
    case account(ActorID)
    case status(StatusID)
}

/// Finds people and posts by what a person types or pastes. Every call is bounded in time by the client.
package struct Resolver: Sendable {
    let fetcher: Fetcher
    private let actors: ActorResolver
    private let objects: ObjectResolver
    private let store: Store
    private let identity: Identity
    private let plainHTTPAllowed: Bool

    package init(
        fetcher: Fetcher, actors: ActorResolver, objects: ObjectResolver, store: Store, identity: Identity,
        plainHTTPAllowed: Bool
    ) {
        self.fetcher = fetcher
        self.actors = actors
        self.objects = objects
        self.store = store
        self.identity = identity
        self.plainHTTPAllowed = plainHTTPAllowed
    }

    /// Whether something may be sent to this address later: https and a name, unless neighbours are allowed. What the
    /// name leads to is looked at by whoever sends.
    package func acceptsService(_ address: String) -> Bool {
        guard fetcher.accepts(address), let url = WebURL(address) else { return false }
        // The last part of a name is never a number; that of an IPv4 address is.
        return plainHTTPAllowed || Int(url.host.split(separator: ".").last ?? "") == nil
    }

    /// The same at a pace of its own, for a file of many.
    package func paced(by pace: HostPace) -> Resolver {
        Resolver(
            fetcher: fetcher.paced(by: pace), actors: actors.paced(by: pace),
            objects: objects.paced(by: pace),
            store: store, identity: identity, plainHTTPAllowed: plainHTTPAllowed)
    }

    /// Until when this host wants to be left alone; nil when it does not.
    package func restsUntil(_ host: String) -> Timestamp? { fetcher.knock.manners.restsUntil(host) }

    /// Somebody by `user@host`; a leading `@` or `acct:` is tolerated.
    package func account(handle: String) async -> ActorID? {
        // Whoever asks so wants to know whether there is somebody, not why not.
        try? await find(handle: handle)
    }

    /// Somebody by `user@host`, as `account(handle:)`.
    ///
    /// - Throws: why nobody was found.
    package func find(handle: String) async throws(FetchError) -> ActorID {
        guard let handle = Handle(handle) else { throw .refused("not a handle") }
        if handle.username.lowercased() == identity.username.lowercased(),
            handle.domain == nil || handle.domain == identity.accountDomain || handle.domain == identity.host
        {
            return identity.owner
        }
        guard let domain = handle.domain else { throw .missing }
        // A database that cannot be read finds nobody here, and the look-up below fails for the same reason.
        let known = try? store.read { snapshot in
            // Of two who claim a handle, its server says whose it is.
            try Actors.isDisputed(username: handle.username, domain: domain, in: snapshot)
                ? nil : Actors.find(username: handle.username, domain: domain, in: snapshot)
        }
        if let known, known.fetchedAt.milliseconds > 0 { return known.id }
        let found = try await ask(for: handle.username, at: domain)
        let id = try await actors.id(found.actor).get()
        await settleHandle(of: id, subject: found.subject, asked: handle)
        return id
    }

    package func account(uri: String) async -> ActorID? {
        // Whoever asked for an address wants to know whether there is somebody, not why not.
        try? await actors.id(uri).get()
    }

    /// Whatever a person pasted: a handle, the address of a profile or of a post, also of our own.
    package func lookUp(_ query: String) async -> Resolved? {
        // Whoever searches wants to know whether there is something, not why not.
        try? await find(query)
    }

    /// The same as `lookUp`.
    ///
    /// - Throws: why nothing was found.
    package func find(_ query: String) async throws(FetchError) -> Resolved {
        let query = String(query.filter { !$0.isWhitespace })
        guard query.hasPrefix("https://") || query.hasPrefix("http://") else {
            return .account(try await find(handle: query))
        }
        if let own = identity.ownStatus(query) {
            let exists = try? store.read { try Statuses.find(own, in: $0)?.id }
            guard let known = exists.flatMap({ $0 }) else { throw .missing }
            return .status(known)
        }
        if identity.isOwn(query) {
            guard query == identity.actor || query == identity.profile else { throw .missing }
            return .account(identity.owner)
        }
        return try await objects.find(query)
    }

    /// Asks for the name as it was typed, for some servers tell names apart by their case, then in lower case, for others
    /// know no capitals.
    private func ask(
        for name: String, at domain: String
    ) async throws(FetchError) -> (actor: String, subject: String?) {
        do {
            return try await webFinger("acct:\(name)@\(domain)", at: domain)
        } catch {
            let lower = name.lowercased()
            guard !error.isPassing, lower != name else { throw error }
            return try await webFinger("acct:\(lower)@\(domain)", at: domain)
        }
    }

    /// The actor's id and the canonical handle, by RFC 7033, with host-meta as the second way.
    ///
    /// - Throws: what went wrong the first way, when the second is none either.
    private func webFinger(
        _ resource: String, at host: String
    ) async throws(FetchError) -> (actor: String, subject: String?) {
        guard let authority = WebURL("https://\(host)/")?.authority else { throw .refused("not a host") }
        // Tests and neighbours on one machine have no certificates.
        let isLoopback =
            authority.hasPrefix("localhost") || authority.hasPrefix("127.") || authority.hasPrefix("[::1]")
        let scheme = plainHTTPAllowed && isLoopback ? "http" : "https"
        let encoded = PercentCoding.encodeQuery(resource)
        let refusal: FetchError
        do {
            return try await ask("\(scheme)://\(authority)/.well-known/webfinger?resource=\(encoded)")
        } catch {
            refusal = error
        }
        // Who does not answer the first question does not answer the second.
        if refusal.isPassing { throw refusal }
        guard let hostMeta = WebURL("\(scheme)://\(authority)/.well-known/host-meta"),
            let xrd = try? await fetcher.text(hostMeta, accept: "application/xrd+xml", limit: 65_536),
            let template = WebFinger.template(inHostMeta: xrd)
        else { throw refusal }
        return try await ask(template.replacing("{uri}", with: encoded))
    }

    private func ask(_ address: String) async throws(FetchError) -> (actor: String, subject: String?) {
        guard let url = WebURL(address) else { throw .refused("not an address") }
        let (value, _) = try await fetcher.json(
            url, accept: "application/jrd+json, application/json", limit: 262_144)
        guard let answer = JRD(value), let actor = answer.actor, fetcher.accepts(actor) else {
            throw .refused("no account of the fediverse")
        }
        return (actor, answer.subject)
    }

    /// Shows the handle that WebFinger confirms when it differs from `user@host of the id` (split domain).
    private func settleHandle(of id: ActorID, subject: String?, asked: Handle) async {
        guard let confirmed = Handle(subject ?? ""), let domain = confirmed.domain else { return }
        guard let actor = try? store.read({ try Actors.find(id, in: $0) }), actor.domain != domain,
            confirmed.username.lowercased() == actor.username.lowercased()
        else { return }
        // The actor's own server must name the same handle, or anybody could rename anybody. What it does not say is
        // not confirmed.
        let home = WebURL(actor.uri)?.authority ?? ""
        let word = try? await webFinger("acct:\(actor.username)@\(home)", at: home)
        guard word?.actor == actor.uri, Handle(word?.subject ?? "")?.isSame(as: confirmed) == true else {
            return
        }
        // Another handle than the one asked for must be confirmed at its own host.
        if domain != asked.domain {
            let again = try? await webFinger("acct:\(confirmed.username)@\(domain)", at: domain)
            guard again?.actor == actor.uri else { return }
        }
        // An unconfirmed handle still names the right person by the host of their id.
        try? await store.write { tx in try Actors.setDomain(id, domain, in: tx) }
    }
}

/// `user@host`, as people write it; the name in the case that was typed.
private struct Handle {
    let username: String
    let domain: String?

    init?(_ text: String) {
        var rest = text[...]
        if rest.lowercased().hasPrefix("acct:") { rest = rest.dropFirst(5) }
        if rest.first == "@" { rest = rest.dropFirst() }
        guard !rest.isEmpty, rest.utf8.count <= 320 else { return nil }
        guard let at = rest.lastIndex(of: "@") else {
            username = String(rest)
            domain = nil
            return
        }
        guard let url = WebURL("https://\(rest[rest.index(after: at)...])/"), url.path == "/" else {
            return nil
        }
        username = String(rest[..<at])
        domain = url.authority
        if username.isEmpty { return nil }
    }

    /// Whether it is this name at this domain, in any case.
    func isSame(as other: Handle) -> Bool {
        username.lowercased() == other.username.lowercased() && domain == other.domain
    }
}
