package import Crypto
package import HTTP

/// Asks other servers: names resolved once, addresses checked, TLS verified, connections reused, everything bounded.
@Loop
package final class Client {
    let limits: Limits
    private let resolver: NameResolver
    private var allowsPlainHTTP: Bool
    private var addressGuard: AddressGuard
    private let makeTLS: @Sendable () throws -> TLSContext
    private var tls: TLSContext?
    var pool: ConnectionPool
    private var running = 0
    /// Answers whose bodies are being pulled.
    var streams = 0

    /// - Parameter makeTLS: called when the first `https` connection is made, so that starting costs nothing.
    package nonisolated init(
        limits: Limits = .standard, addressGuard: AddressGuard, allowsPlainHTTP: Bool,
        makeTLS: @escaping @Sendable () throws -> TLSContext
    ) {
        self.limits = limits
        self.addressGuard = addressGuard
        self.allowsPlainHTTP = allowsPlainHTTP
        self.makeTLS = makeTLS
        resolver = NameResolver(limits: limits)
        pool = ConnectionPool(limits: limits)
    }

    /// Changes what is allowed, from the next request on.
    package func allow(_ addressGuard: AddressGuard, plainHTTP: Bool) {
        self.addressGuard = addressGuard
        allowsPlainHTTP = plainHTTP
        // Their addresses were looked at under other rules.
        pool.clear()
    }

    /// The value that the floors above are given.
    package nonisolated var sendRequest: SendRequest {
        { (request: OutboundRequest) async throws(SendError) -> OutboundResponse in
            try await self.send(request)
        }
    }

    package func send(_ request: OutboundRequest) async throws(SendError) -> OutboundResponse {
        guard running < limits.outboundInAll else { throw .overloaded }
        running += 1
        defer { running -= 1 }
        let deadline = MonotonicTime.after(request.deadline)
        var request = request
        var redirects = 0
        while true {
            let response = try await exchange(request, until: deadline)
            guard try request.follow(response.status, response.fields, after: &redirects) else {
                return response
            }
        }
    }

    /// One request and its response, on a connection from the pool or a new one, or on both.
    private func exchange(
        _ request: OutboundRequest, until deadline: MonotonicTime
    ) async throws(SendError) -> OutboundResponse {
        let fields = try await fields(of: request)
        var isRepeated = false
        while true {
            let connection = try await connection(to: request.url, isNew: isRepeated, until: deadline)
            do throws(SendError) {
                let (response, isReusable) = try await connection.exchange(
                    request, fields: fields, limits: limits, until: deadline)
                pool.remember(connection.stream.tls?.ticket, for: request.url.origin)
                if isReusable { pool.put(connection) } else { connection.stream.close() }
                return response
            } catch {
                connection.stream.close()
                guard !isRepeated, connection.mayRepeat(request, after: error) else { throw error }
                isRepeated = true
            }
        }
    }

    /// What is sent with a request at the address it has now.
    func fields(of request: OutboundRequest) async throws(SendError) -> Fields {
        guard request.url.isSecure || allowsPlainHTTP else { throw .plainHTTPRefused }
        var fields = request.fields
        if let prepare = request.prepare {
            for (name, value) in try await prepare(request.url) { fields[name] = value }
        }
        return fields
    }

    /// A connection from the pool, or a new one.
    func connection(
        to url: WebURL, isNew: Bool, until deadline: MonotonicTime
    ) async throws(SendError) -> OutboundConnection {
        while !isNew, let idle = pool.take(url.origin) {
            if idle.stream.isQuiet() { return idle }
            idle.stream.close()
        }
        return try await connect(to: url, until: deadline)
    }

    private func connect(
        to url: WebURL, until deadline: MonotonicTime
    ) async throws(SendError) -> OutboundConnection {
        let addresses = try await resolver.addresses(
            of: url.host, port: url.port, until: min(deadline, .after(limits.connect)))
        let allowed = addresses.filter { addressGuard.allows($0) }
        guard !allowed.isEmpty else { throw .addressRefused }
        var failure = SendError.addressRefused
        // A host may have both kinds of addresses of which one does not work from here.
        for address in allowed.prefix(3) {
            do {
                let stream = try await ByteStream.connect(
                    to: address, until: min(deadline, .after(limits.connect)))
                if url.isSecure {
                    try await secure(stream, host: url.host, origin: url.origin, until: deadline)
                }
                return OutboundConnection(stream, origin: url.origin)
            } catch {
                failure = SendError(connecting: error)
                if case .tls = failure { break }
            }
        }
        throw failure
    }

    private func secure(
        _ stream: ByteStream, host: String, origin: String, until deadline: MonotonicTime
    ) async throws(NetError) {
        do {
            let context = try tls ?? makeTLS()
            tls = context
            let session = try TLSSession(client: context, host: host, resuming: pool.ticket(for: origin))
            try await stream.secure(session, until: min(deadline, .after(limits.connect)))
        } catch let error as NetError {
            stream.close()
            throw error
        } catch {
            stream.close()
            throw .tls(String(describing: error))
        }
    }
}
