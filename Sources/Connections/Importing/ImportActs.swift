import Basics
import Federation
import HTTP
import Storage

/// Does what a line asks for, as the client API would.
struct ImportActs: Sendable {
    let outbox: Outbox
    let identity: Identity
    let clock: Clock
    let limits: ImportLimits

    /// - Parameter replaces: whether what is here is to become what the file says, also where it says nothing.
    /// - Returns: the row to which the line led, by which is known later what was in the file.
    /// - Throws: `ImportFault`, or what the store throws; the transaction is then to be undone.
    func apply(
        _ entry: ImportEntry, to target: ImportTargets.Target, replaces: Bool, in tx: Transaction
    ) throws -> Int64 {
        switch (entry, target) {
        case (.follow(_, let wish), .person(let actor)):
            try follow(actor, wish, replaces: replaces, in: tx)
            return actor.value
        case (.listMember(_, let title), .person(let actor)):
            return try put(actor, onto: title, in: tx)
        case (.mute(_, let hidesNotifications), .person(let actor)):
            try refuseOwner(actor)
            // A mute for a time goes on as it is.
            let known = try Mutes.find(actor, at: clock.now(), in: tx)
            try Mutes.insert(
                actor, notifications: hidesNotifications ?? known?.notifications ?? true,
                until: known?.until, in: tx)
            return actor.value
        case (.block, .person(let actor)):
            try refuseOwner(actor)
            try outbox.block(actor, in: tx)
            return actor.value
        case (.bookmark, .post(let status)):
            try Bookmarks.insert(status, in: tx)
            return status.value
        case (.filter(let line), _):
            return try add(line, target, in: tx)
        default:
            throw ImportFault.nowhere("This leads to something else than the file says.")
        }
    }

    private func refuseOwner(_ actor: ActorID) throws {
        if actor == identity.owner { throw ImportFault.nowhere("This is your own account.") }
    }

    private func follow(
        _ actor: ActorID, _ wish: ImportEntry.FollowWish, replaces: Bool, in tx: Transaction
    ) throws {
        try refuseOwner(actor)
        let known = try Following.find(actor, in: tx)
        if known == nil {
            guard let person = try Actors.find(actor, in: tx) else {
                throw ImportFault.nowhere("There is nobody of this name any more.")
            }
            if let next = person.movedTo {
                throw ImportFault.nowhere("@\(person.acct) has moved to \(ImportEntry.shown(next)).")
            }
            if try Blocks.contains(actor, in: tx) {
                throw ImportFault.nowhere("You block @\(person.acct).")
            }
            if let host = WebURL(person.uri)?.authority, try DomainBlocks.covers(host, in: tx) {
                throw ImportFault.nowhere("You block \(host).")
            }
        }
        let reblogs = wish.reblogs ?? known?.reblogs ?? true
        let notify = wish.notify ?? known?.notify ?? false
        if known == nil || known?.reblogs != reblogs || known?.notify != notify {
            try outbox.follow(actor, reblogs: reblogs, notify: notify, in: tx)
        }
        // Mastodon writes nothing for all languages and for none that are said.
        if let languages = wish.languages, replaces || !languages.isEmpty, languages != known?.languages ?? []
        {
            try Following.setLanguages(languages.isEmpty ? nil : languages, of: actor, in: tx)
        }
    }

    /// Only those who are followed can be on a list, so whoever is not is followed first, as Mastodon does.
    private func put(_ actor: ActorID, onto title: String, in tx: Transaction) throws -> Int64 {
        if actor != identity.owner { try follow(actor, ImportEntry.FollowWish(), replaces: false, in: tx) }
        let lists = try Lists.all(in: tx)
        let titled = lists.filter { $0.title == title }
        // Several lists may have one title, which in a file is one list.
        for known in titled {
            if let row = try ListMembers.row(of: actor, on: known.id, in: tx) { return row }
        }
        let list: ListID
        if let known = titled.first {
            list = known.id
        } else {
            guard lists.count < limits.lists else {
                throw ImportFault.nowhere("There are \(limits.lists) lists already.")
            }
            list = try Lists.insert(
                List(title: title, replies: .list, isExclusive: false), at: clock.now(), in: tx)
        }
        if try ListMembers.insert(actor, into: list, in: tx) {
            guard try ListMembers.count(of: list, in: tx) <= limits.listMembers else {
                throw ImportFault.nowhere("There are \(limits.listMembers) people on this list already.")
            }
            try ListPosts.fill(list, with: actor, newest: limits.listNewest, owner: identity.owner, in: tx)
            if titled.first?.isExclusive == true {
                try ListPosts.leaveHome(list, owner: identity.owner, in: tx)
            }
        }
        guard let row = try ListMembers.row(of: actor, on: list, in: tx) else {
            throw ImportFault.nowhere("Nobody could be put on this list.")
        }
        return row
    }

    /// Adds what the line looks for to the filter that is the same in all else, which is made where there is none.
    private func add(
        _ line: FilterLine, _ target: ImportTargets.Target, in tx: Transaction
    ) throws -> Int64 {
        let now = clock.now()
        let filters = try Filters.all(in: tx)
        let known = filters.first { FilterLine($0).isOfSameFilter(as: line) }
        guard known != nil || filters.count < limits.filters else {
            throw ImportFault.nowhere("There are \(limits.filters) filters already.")
        }
        let id = try known?.id ?? Filters.insert(line.filter, at: now, in: tx)
        if let keyword = line.keyword {
            let keywords = known?.keywords ?? []
            let isKnown = keywords.contains { $0.text == keyword && $0.isWholeWord == line.isWholeWord }
            if !isKnown {
                guard keywords.count < limits.keywordsPerFilter,
                    try FilterKeywords.count(in: tx) < limits.filterKeywords
                else { throw ImportFault.nowhere("There are too many keywords already.") }
                _ = try FilterKeywords.insert(
                    keyword, isWholeWord: line.isWholeWord, into: id, at: now, in: tx)
            }
        }
        if case .post(let status) = target, known?.statuses.contains(where: { $0.status == status }) != true {
            guard try FilterStatuses.count(in: tx) < limits.filterStatuses else {
                throw ImportFault.nowhere("There are too many posts in filters already.")
            }
            _ = try FilterStatuses.insert(status, into: id, at: now, in: tx)
        }
        return id.value
    }
}
