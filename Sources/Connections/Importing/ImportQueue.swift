import Basics

/// The lines of an import by the host that is asked about them: which may begin, and which wait for a host that did not
/// answer. A pure value; whoever works takes a line and says what became of it.
struct ImportQueue: Sendable {
    struct Taken: Sendable {
        let line: Int
        let host: Int
        let begun: Timestamp
    }

    private struct Lane: Sendable {
        let name: String
        /// The next one last; and those that are tried again after all others.
        var lines: [Int] = []
        var again: [Int] = []
        var underWay = 0
        /// How often it did not answer although others did, and how often it was left alone since it last did.
        var failures = 0
        var rests = 0
        var silentSince: Timestamp?
        var restsUntil: Timestamp?
        var isReady = false
        /// Until then only one line is under way, so that hosts that are not there take little room.
        var hasAnswered = false

        var hasLines: Bool { !lines.isEmpty || !again.isEmpty }
    }

    private let width: Int
    private let perHost: Int
    private let pauses: [Duration]
    private let outage: Duration
    private var lanes: [Lane] = []
    /// Hosts of which a line may begin, in turn; those before `head` are gone.
    private var ready: [Int] = []
    private var head = 0
    private var resting: Set<Int> = []
    /// Hosts that were asked in vain and did not answer since, and those of them that had answered before.
    private var silent = 0
    private var fallenSilent = 0
    private var hasAnybodyAnswered = false
    /// How often each line found nobody.
    private var attempts: [Int: Int] = [:]
    private(set) var underWay = 0
    /// When the first host that rests may be asked again.
    private(set) var nextWake: Timestamp?

    init(_ waiting: [(line: Int, host: String)], limits: ImportLimits) {
        width = limits.width
        perHost = limits.perHost
        pauses = limits.pauses
        outage = limits.outage
        var places: [String: Int] = [:]
        for (line, host) in waiting.reversed() {
            let place = places[host] ?? lanes.count
            if place == lanes.count {
                lanes.append(Lane(name: host))
                places[host] = place
            }
            lanes[place].lines.append(line)
        }
        // The host of the first line begins.
        for place in lanes.indices.reversed() { makeReady(place) }
    }

    var isOver: Bool { underWay == 0 && head == ready.count && resting.isEmpty }

    /// A line that may begin now; nil when none may.
    mutating func take(at now: Timestamp) -> Taken? {
        if let nextWake, nextWake <= now { wake(at: now) }
        while underWay < width, head < ready.count {
            let place = ready[head]
            head += 1
            if head > 1_024 {
                ready.removeFirst(head)
                head = 0
            }
            lanes[place].isReady = false
            // A host whose lines were given up meanwhile has none.
            guard let line = lanes[place].lines.popLast() ?? lanes[place].again.popLast() else { continue }
            lanes[place].underWay += 1
            underWay += 1
            makeReady(place)
            return Taken(line: line, host: place, begun: now)
        }
        return nil
    }

    /// The line led somewhere or nowhere; its host answered, or was not needed.
    mutating func settle(_ taken: Taken) {
        attempts[taken.line] = nil
        lanes[taken.host].failures = 0
        lanes[taken.host].rests = 0
        speak(taken.host)
        lanes[taken.host].hasAnswered = true
        hasAnybodyAnswered = true
        finish(taken.host)
    }

    /// The host did not answer: it rests, and is asked again about this line later.
    ///
    /// Where it is rather this server that has no network, and where the host wants to be left alone for a while, that
    /// does not count, for a time.
    ///
    /// - Parameters:
    ///   - answered: when any host was last heard of.
    ///   - wish: when the host may be asked again by its own word.
    /// - Returns: lines that are given up: this one when it was tried often enough, all of the host when it did not
    ///   answer often enough.
    mutating func unanswered(
        _ taken: Taken, at now: Timestamp, answered: Timestamp?, wish: Timestamp? = nil
    ) -> [Int] {
        let place = taken.host
        let isExcused = isExcused(taken, at: now, answered: answered, wish: wish)
        let tries = attempts[taken.line, default: 0] + (isExcused ? 0 : 1)
        attempts[taken.line] = tries
        // Of those under way at the same time only one counts.
        let isNews = lanes[place].restsUntil.map { $0 <= now } ?? true
        if isNews {
            lanes[place].failures += isExcused ? 0 : 1
            if lanes[place].failures > pauses.count {
                let lost = [taken.line] + lanes[place].lines.reversed() + lanes[place].again
                lanes[place].lines = []
                lanes[place].again = []
                for line in lost { attempts[line] = nil }
                speak(place)
                finish(place)
                return lost
            }
            let pause = pauses.dropFirst(lanes[place].rests).first ?? pauses.last ?? outage
            lanes[place].rests += 1
            lanes[place].restsUntil = max(now + pause, wish.map { min($0, now + outage) } ?? now)
        }
        rest(place, until: lanes[place].restsUntil ?? now)
        let isLost = tries > pauses.count
        if isLost { attempts[taken.line] = nil } else { lanes[place].again.append(taken.line) }
        finish(place)
        return isLost ? [taken.line] : []
    }

    private mutating func isExcused(
        _ taken: Taken, at now: Timestamp, answered: Timestamp?, wish: Timestamp?
    ) -> Bool {
        let since = lanes[taken.host].silentSince
        if since == nil {
            lanes[taken.host].silentSince = taken.begun
            silent += 1
            if lanes[taken.host].hasAnswered { fallenSilent += 1 }
        }
        if wish.map({ now < $0 }) ?? false { return now - (since ?? now) < outage }
        // The first silence is nobody's but the host's.
        guard let since, now - since < outage else { return false }
        return isOutage && answered.map { $0 < taken.begun } ?? true
    }

    /// Whether the network is gone rather than some hosts: in every list some are, which never answer.
    private var isOutage: Bool {
        silent >= ImportQueue.manySilent && (!hasAnybodyAnswered || fallenSilent > 0)
    }

    /// One host and another may be gone at the same time.
    private static let manySilent = 3

    private mutating func speak(_ place: Int) {
        guard lanes[place].silentSince != nil else { return }
        lanes[place].silentSince = nil
        silent -= 1
        if lanes[place].hasAnswered { fallenSilent -= 1 }
    }

    /// Nothing can be stored or sent now, which is nobody's fault: the line begins again later.
    mutating func postpone(_ taken: Taken, until moment: Timestamp) {
        lanes[taken.host].again.append(taken.line)
        rest(taken.host, until: moment)
        finish(taken.host)
    }

    func host(of taken: Taken) -> String { lanes[taken.host].name }

    private mutating func finish(_ place: Int) {
        underWay -= 1
        lanes[place].underWay -= 1
        // Nobody waits for a host of which nothing is wanted any more.
        if !lanes[place].hasLines { resting.remove(place) }
        makeReady(place)
    }

    private mutating func makeReady(_ place: Int) {
        guard !lanes[place].isReady, lanes[place].hasLines, !resting.contains(place),
            lanes[place].underWay < most(at: place)
        else { return }
        lanes[place].isReady = true
        ready.append(place)
    }

    private func most(at place: Int) -> Int {
        lanes[place].name.isEmpty ? width : lanes[place].hasAnswered ? perHost : 1
    }

    private mutating func rest(_ place: Int, until moment: Timestamp) {
        lanes[place].restsUntil = moment
        resting.insert(place)
        nextWake = min(nextWake ?? moment, moment)
        guard lanes[place].isReady else { return }
        lanes[place].isReady = false
        ready.removeSubrange(..<head)
        head = 0
        ready.removeAll { $0 == place }
    }

    private mutating func wake(at now: Timestamp) {
        var next: Timestamp?
        for place in resting.sorted() {
            guard let until = lanes[place].restsUntil else { continue }
            if until <= now {
                resting.remove(place)
                makeReady(place)
            } else {
                next = min(next ?? until, until)
            }
        }
        nextWake = next
    }
}
