import Basics
package import Federation
import Foundation
import HTTP
import Storage
import Synchronization

/// Several islets and strangers in one process, with no network between them and a clock that tests move.
package final class Pond: Sendable {
    package let clock = ManualClock()
    private let folder: URL
    private let hosts = Mutex<[String: any PondHost]>([:])
    private let held = Mutex<[Held]>([])
    private let limits: DeliveryWorker.Limits

    /// A request that waits at a stranger's gate.
    private struct Held {
        var from: String
        var to: String
        var isDelivery: Bool
        var gate: Gate
    }

    private init(limits: DeliveryWorker.Limits) throws {
        self.limits = limits
        // In memory where there is such a place: nothing of it is to outlive the story.
        let memory = URL(fileURLWithPath: "/dev/shm")
        let place =
            FileManager.default.isWritableFile(atPath: memory.path())
            ? memory : FileManager.default.temporaryDirectory
        folder = place.appending(path: "pond-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Runs a story on a fresh pond; everything is gone when it ends, however it ends.
    package static func with(
        limits: DeliveryWorker.Limits = .init(), _ story: (Pond) async throws -> Void
    ) async throws {
        await Turnstile.ponds.enter()
        defer { Turnstile.ponds.leave() }
        let pond = try Pond(limits: limits)
        do {
            try await story(pond)
        } catch {
            await pond.drain()
            throw error
        }
        await pond.drain()
    }

    private func drain() async {
        for islet in islets { await islet.stop() }
        // A folder that cannot be removed is left to the system.
        try? FileManager.default.removeItem(at: folder)
    }

    private var islets: [Islet] { hosts.withLock { $0.values.compactMap { $0 as? Islet } } }

    // MARK: - Inhabitants

    /// A new islet.
    ///
    /// - Parameter isRunning: whether it delivers and fetches by itself.
    package func islet(
        _ host: String = "islet.example", accountDomain: String? = nil, isRunning: Bool = true,
        pause: @escaping @Sendable () -> String? = { nil }
    ) async throws -> Islet {
        let place = folder.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        return try await open(host, accountDomain, at: place, isRunning: isRunning, pause: pause)
    }

    /// The same islet after a stop in good order.
    package func restart(_ islet: Islet, isRunning: Bool = true) async throws -> Islet {
        await islet.stop()
        return try await open(
            islet.identity.host, islet.identity.accountDomain, at: islet.folder, isRunning: isRunning)
    }

    /// What would be found after the power failed now: the files as they are at this moment, opened again.
    package func powerCut(_ islet: Islet, isRunning: Bool = true) async throws -> Islet {
        let place = folder.appending(path: UUID().uuidString)
        try FileManager.default.copyItem(at: islet.folder, to: place)
        await islet.stop()
        return try await open(
            islet.identity.host, islet.identity.accountDomain, at: place, isRunning: isRunning)
    }

    private func open(
        _ host: String, _ accountDomain: String?, at place: URL, isRunning: Bool,
        pause: @escaping @Sendable () -> String? = { nil }
    ) async throws -> Islet {
        let islet = try await Islet(
            host: host, accountDomain: accountDomain, folder: place, clock: clock.clock(for: host),
            limits: limits,
            isRunning: isRunning, pause: pause, send: sender(host))
        hosts.withLock { $0[host] = islet }
        return islet
    }

    /// A server that does what the test says.
    package func stranger(_ host: String) -> Stranger {
        let stranger = Stranger(host: host, clock: clock)
        hosts.withLock { $0[host] = stranger }
        return stranger
    }

    /// The stranger who has this host.
    package func known(_ host: String) -> Stranger? {
        hosts.withLock { $0[host] as? Stranger }
    }

    // MARK: - The network

    private func sender(_ from: String) -> SendRequest {
        { request async throws(SendError) in
            var request = request
            for _ in 0...request.redirects {
                let response = try await self.carry(request, from: from)
                guard [301, 302, 307, 308].contains(response.status.code),
                    let location = response.fields["Location"],
                    request.redirects > 0, let next = WebURL(location)
                else { return response }
                request.url = next
            }
            throw .tooManyRedirects
        }
    }

    private func carry(_ request: OutboundRequest, from: String) async throws(SendError) -> OutboundResponse {
        guard let host = hosts.withLock({ $0[request.url.authority] }) else { throw .nameNotFound }
        var fields = request.fields
        fields["Host"] = request.url.authority
        if let prepare = request.prepare {
            for field in try await prepare(request.url) { fields[field.name] = field.value }
        }
        if let gate = (host as? Stranger)?.gate(for: request) {
            held.withLock {
                $0.append(
                    Held(
                        from: from, to: request.url.authority, isDelivery: request.method == .post, gate: gate
                    ))
            }
            await gate.wait()
            if Task.isCancelled {
                held.withLock { $0.removeAll { $0.gate === gate && $0.from == from } }
                throw .cancelled
            }
        }
        return try await host.answer(request, fields: fields)
    }

    // MARK: - Time

    /// Waits until nothing moves: what is to be delivered or fetched waits for its time, or for a host that hangs.
    package func settle() async throws {
        var traces: [String] = []
        var repeats = 0
        for _ in 0..<10_000 {
            var isQuiet = true
            for islet in islets {
                // The writing thread has then done all that was asked of it before.
                try? await islet.store.write { _ in }
                if try !isQuietNow(islet) { isQuiet = false }
            }
            // Whoever looks around at hosts of which one hangs is done when nothing else changes any more.
            let now = try islets.map(trace)
            repeats = now == traces ? repeats + 1 : 0
            traces = now
            if isQuiet, repeats >= (now.contains { $0.hasSuffix("hanging") } ? 100 : 0) { return }
            await Task.yield()
        }
        throw Restless()
    }

    /// What changes when something moves on this islet.
    private func trace(_ islet: Islet) throws -> String {
        let isHanging = held.withLock { held in
            held.contains { $0.from == islet.identity.host && !$0.isDelivery && !$0.gate.isOpen }
        }
        let version = try islet.store.version()
        return "\(version) \(islet.threads.asked) \(isHanging ? "hanging" : "")"
    }

    private func isQuietNow(_ islet: Islet) throws -> Bool {
        guard islet.isRunning else { return true }
        let now = clock.now
        let held = held.withLock { $0.filter { $0.from == islet.identity.host && !$0.gate.isOpen } }
        let stuck = Set(held.filter(\.isDelivery).map(\.to))
        let load = islet.delivery.load
        guard load.active + load.slow == held.count(where: \.isDelivery) else { return false }
        let (due, next, inbound, nextInbound, unchecked, missed) = try islet.store.read { snapshot in
            (
                try Deliveries.due(at: now, limit: 10_000, in: snapshot),
                try Deliveries.nextAttempt(in: snapshot),
                try Inbound.due(at: now, limit: 1, in: snapshot), try Inbound.nextAttempt(in: snapshot),
                try Quotes.unchecked(before: now - .days(1), limit: 1, in: snapshot),
                try Settings.integer(.missedSince, in: snapshot)
            )
        }
        let isAsking = held.contains { !$0.isDelivery }
        let looksAround = !islet.threads.isIdle || !islet.profiles.isIdle || !islet.errands.isEmpty
        if missed != nil, !isAsking,
            !clock.hasAlarm(of: islet.identity.host, at: now + CatchUp.Limits().pause)
        {
            return false
        }
        if looksAround || !unchecked.isEmpty || !inbound.isEmpty { return isAsking }
        if let nextInbound, !clock.hasAlarm(of: islet.identity.host, at: nextInbound) { return false }
        if !stuck.isEmpty {
            // Whoever waits behind those who hang goes on when time passes.
            return load.active >= limits.inAll || due.allSatisfy { stuck.contains($0.hostName) }
        }
        guard due.isEmpty else { return false }
        return next.map { clock.hasAlarm(of: islet.identity.host, at: $0) } ?? true
    }

    /// Lets time pass, stopping at every alarm on the way until all that it started is done.
    package func pass(_ duration: Duration) async throws {
        let end = clock.now + duration
        try await settle()
        while let next = clock.nextAlarm, next <= end {
            clock.move(to: next)
            try await settle()
        }
        clock.move(to: end)
        try await settle()
    }

    /// Something went on and on.
    package struct Restless: Error {}
}
