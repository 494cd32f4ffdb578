import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Two islets between which the weather decides how activities arrive.
///
/// What Ann sends is taken from her outbox and carried by hand, as the weather wants it; whatever Bob and
/// others send goes its usual way. So a story about what Ann does and Bob makes of it covers sending and receiving.
final class Crossing {
    let pond: Pond
    let weather: Weather
    /// Whose activities the weather has. She sends and fetches nothing by herself.
    private(set) var ann: Islet
    private(set) var bob: Islet
    /// What is held back to be turned round.
    private var held: [Letter] = []
    private var sent: [Letter] = []
    private var others: [String: any PondHost] = [:]

    private init(_ pond: Pond, _ weather: Weather) async throws {
        self.pond = pond
        self.weather = weather
        ann = try await pond.islet("ann.example", isRunning: false)
        bob = try await pond.islet("bob.example")
    }

    /// - Parameter areFriends: whether they follow each other already.
    static func story(
        _ weather: Weather, areFriends: Bool = true, _ story: (Crossing) async throws -> Void
    ) async throws {
        try await Pond.with { pond in
            let crossing = try await Crossing(pond, weather)
            if areFriends { try await crossing.befriend() }
            try await story(crossing)
        }
    }

    private func befriend() async throws {
        try await ann.follow("me@bob.example")
        try await hand(take(), times: 1)
        try await bob.follow("me@ann.example")
        try await pond.settle()
        try await hand(take(), times: 1)
        #expect(try ann.following() == [bob.identity.actor])
        #expect(try bob.following() == [ann.identity.actor])
    }

    /// A third islet, which works as usual.
    func islet(_ host: String) async throws -> Islet {
        let islet = try await pond.islet(host)
        others[host] = islet
        return islet
    }

    func stranger(_ host: String) -> Stranger {
        let stranger = pond.stranger(host)
        others[host] = stranger
        return stranger
    }

    // MARK: - Sending

    /// Ann does something, and what she sends goes on its way.
    @discardableResult
    func send<Result>(_ act: (Islet) async throws -> Result) async throws -> Result {
        let result = try await act(ann)
        if weather == .stormy { ann = try await pond.powerCut(ann, isRunning: false) }
        try await carry()
        return result
    }

    /// What Ann has to send by now goes on its way.
    func carry() async throws {
        try await pond.settle()
        let letters = try await take()
        switch weather {
        case .calm: try await hand(letters, times: 1)
        case .doubled: try await hand(letters, times: 2)
        case .stormy: try await handInStorm(letters)
        case .reversed: held += letters
        }
        // Answers to the answers.
        if weather != .reversed, !letters.isEmpty { try await carry() }
    }

    /// All that is still on its way arrives.
    func arrive() async throws {
        try await carry()
        if weather == .doubled { try await hand(sent, times: 1) }
        while !held.isEmpty {
            let letters = held
            held = []
            try await hand(letters.reversed(), times: 1)
            held = try await take()
        }
        let rest = try await take()
        if !rest.isEmpty { try await hand(rest, times: 1) }
        try await pond.settle()
    }

    private func take() async throws -> [Letter] {
        let letters = try await ann.takeLetters()
        sent += letters
        return letters
    }

    // MARK: - Arriving

    private func hand(_ letters: [Letter], times: Int) async throws {
        for letter in letters {
            for _ in 0..<times {
                try await hand(letter)
                try await pond.settle()
            }
        }
    }

    /// What Bob has taken, but not worked on, outlives a power cut.
    private func handInStorm(_ letters: [Letter]) async throws {
        guard !letters.isEmpty else { return }
        bob = try await pond.restart(bob, isRunning: false)
        for letter in letters { try await hand(letter) }
        bob = try await pond.powerCut(bob)
        try await pond.settle()
    }

    private func hand(_ letter: Letter) async throws {
        let host = letter.url.authority
        guard let receiver: any PondHost = host == bob.identity.host ? bob : others[host] else {
            throw Astray(host: host)
        }
        let response = try await receiver.answer(letter)
        #expect(
            response.status == .accepted, "\(letter.type): \(String(decoding: response.body, as: UTF8.self))")
    }

    struct Astray: Error {
        let host: String
    }
}
