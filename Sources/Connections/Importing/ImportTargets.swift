import Basics
import Federation
import HTTP
import Storage

/// Finds whom and what the lines name, asking other servers where they are not known here.
struct ImportTargets: Sendable {
    /// What a line is about, as far as it is about somebody or something elsewhere.
    enum Target: Sendable {
        case none
        case person(ActorID)
        case post(StatusID)
    }

    private let resolver: Resolver
    private let objects: ObjectResolver
    private let identity: Identity
    private let pace: HostPace

    /// - Parameter pace: how often each host may be asked.
    init(resolver: Resolver, objects: ObjectResolver, identity: Identity, pace: HostPace) {
        self.resolver = resolver.paced(by: pace)
        self.objects = objects.paced(by: pace)
        self.identity = identity
        self.pace = pace
    }

    /// When any host was last heard of.
    var lastAnswer: Timestamp? { pace.lastAnswer }

    /// Until when this host wants to be left alone; nil when it does not.
    func restsUntil(_ host: String) -> Timestamp? { resolver.restsUntil(host) }

    func find(_ entry: ImportEntry) async throws(ImportFault) -> Target {
        switch entry {
        case .follow(let person, _), .listMember(let person, _), .mute(let person, _), .block(let person):
            .person(try await find(person))
        case .bookmark(let uri): .post(try await post(uri))
        case .filter(let line):
            if let uri = line.post { .post(try await post(uri)) } else { .none }
        case .domainBlock: .none
        }
    }

    private func find(_ person: ImportEntry.Person) async throws(ImportFault) -> ActorID {
        let found: Resolved
        do {
            found = try await resolver.find(person.address)
        } catch {
            throw ImportFault(error, about: person.address, at: person.host)
        }
        guard case .account(let actor) = found else {
            throw .nowhere("\(person.address) is nobody's profile.")
        }
        return actor
    }

    private func post(_ uri: String) async throws(ImportFault) -> StatusID {
        if identity.isOwn(uri) {
            guard case .status(let own)? = await resolver.lookUp(uri) else {
                throw .nowhere("There is no such post here.")
            }
            return own
        }
        do {
            return try await objects.status(uri)
        } catch {
            throw ImportFault(error, about: "this post", at: WebURL(uri)?.authority ?? "its server")
        }
    }
}
