import Basics
import Federation
import Foundation
import HTTP
import Storage
import TestSupport

/// Compares what is stored and shown with what was expected, and says every difference.
struct SampleCheck {
    let run: SampleRun
    var faults: [String] = []
    var subject: Storage.Status?
    var person: Actor?
    private var posts = 0
    private var boosts = 0
    private var spare = 0
    private var home: Set<String> = []
    private var checksHome = true
    private var notifications: [String]? = []
    private var answers: Set<Int> = [202]

    var islet: Islet { run.world.islet }

    static func faults(of run: SampleRun) throws -> [String] {
        var check = SampleCheck(run: run)
        for expected in run.sample.expected { try check.check(expected) }
        try check.checkWhole()
        return check.faults
    }

    private init(run: SampleRun) {
        self.run = run
        // Nothing is delivered of what is looked up.
        if case .actor = run.sample.feed { answers = [run.answer] }
    }

    mutating func expect<Value: Equatable>(_ seen: Value, _ wanted: Value, _ what: String) {
        if seen != wanted { faults.append("\(what): \(seen) instead of \(wanted)") }
    }

    /// What is compared even if the row is silent about it.
    private mutating func checkWhole() throws {
        if !answers.contains(run.answer) {
            faults.append("answered \(run.answer) instead of \(answers.sorted())")
        }
        let count = try islet.read { try Statuses.count(in: $0) } - run.statusesBefore
        if !(posts + boosts...posts + boosts + spare).contains(count) && !isAboutOld {
            faults.append("\(count) more posts stored instead of \(posts + boosts)")
        }
        let shown = Set(try islet.home()).subtracting(ownPosts)
        if checksHome { expect(shown.sorted(), home.sorted(), "home") }
        if let notifications { expect(try islet.notifications(), notifications, "notifications") }
    }

    /// Whether the sample is about posts that were there before, so that their number says nothing.
    private var isAboutOld: Bool {
        run.sample.given.contains {
            switch $0 {
            case .has, .after, .afterCreate: true
            default: false
            }
        }
    }

    private var ownPosts: [String] { run.world.ownPost.map { [islet.identity.status($0)] } ?? [] }

    private mutating func check(_ expected: Expectation) throws {
        switch expected {
        case .answered(let code): answers = [code]
        case .answeredAnyhow: answers = [202, 400, 401, 403]
        case .spare(let count): spare += count
        case .shown: try checkPost(run.object, by: run.author)
        case .post(let uri, let author): try checkPost(uri, by: author)
        case .missing(let uri): if try islet.status(uri) != nil { faults.append("stored: \(uri)") }
        case .gone(let uri):
            if try islet.status(uri) != nil { faults.append("still there: \(uri)") }
            if try !islet.read({ try Tombstones.contains(uri, in: $0) }) {
                faults.append("no tombstone: \(uri)")
            }
        case .home:
            if let subject { home.insert(subject.uri) }
        case .homeAnyhow: checksHome = false
        case .boosted(let actor): try checkBoost(by: actor)
        case .notifies(let all): notifications = all
        case .notifiesAnyhow: notifications = nil
        case .favourites, .votes, .followers, .following, .sent, .report: try checkOwner(expected)
        case .actor, .nobody, .kind, .name, .summary, .locked, .discoverable, .avatar, .page, .sharedInbox,
            .fields,
            .key:
            try checkActor(expected)
        case .emojis(let codes) where subject == nil: checkEmojis(codes, in: person?.emojis)
        default: try checkDetails(expected)
        }
    }

    private mutating func checkPost(_ uri: String, by author: String) throws {
        subject = try islet.status(uri)
        posts += 1
        guard let subject else { return faults.append("not stored: \(uri)") }
        let actor = try islet.read { try Actors.find(subject.actor, in: $0)?.uri }
        expect(actor, author, "author")
    }

    private mutating func checkBoost(by actor: String) throws {
        boosts += 1
        guard let subject, let booster = try islet.actor(actor) else { return faults.append("no boost") }
        if try islet.read({ try Boosts.find(of: subject.id, by: booster.id, in: $0) }) == nil {
            faults.append("no boost by \(actor)")
        }
    }

    private mutating func checkOwner(_ expected: Expectation) throws {
        let post = run.world.ownPost ?? StatusID(0)
        switch expected {
        case .favourites(let count): expect(try islet.favourites(of: post), count, "favourites")
        case .votes(let votes):
            expect(try islet.read { try SampleTables.votes(of: post, in: $0) }, votes, "votes")
        case .followers(let actors): expect(try islet.followers(), actors, "followers")
        case .following(let actors): expect(try islet.following(), actors, "following")
        case .sent(let types):
            let host = WebURL(run.sender)?.authority ?? ""
            expect(run.world.host(host).received.map(\.type), types, "sent")
        case .report(let text):
            let reports = try islet.read { try SampleTables.reports(in: $0) }
            if !reports.contains(where: { $0.contains(text) }) { faults.append("no report") }
        default: break
        }
    }

    mutating func checkEmojis(_ codes: [String], in kept: String?) {
        let found = Emojis.list(kept).map { String($0.shortcode) }
        expect(found.sorted(), codes.sorted(), "emojis")
    }
}
