import Crypto
import Glibc

/// A connected socket, plain or under TLS, that reads and writes with deadlines.
///
/// One task may read while others write. Those that write take turns, so that what one sends is never cut by
/// another; what TLS itself has to say while somebody writes goes out with that.
@Loop
final class ByteStream {
    /// Bytes taken from the kernel at a time. One buffer serves all connections, because between filling and
    /// emptying it nobody else runs.
    static let chunk = 16_384
    static let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)

    let descriptor: Descriptor
    private(set) var tls: TLSSession?
    /// What has been read and not been used yet.
    var input: [UInt8] = []
    private var isWriting = false
    /// Who waits for the turn to write.
    private var turns: [UnsafeContinuation<Void, Never>] = []
    /// Ciphertext that a reader had to send and could not.
    private var held: [UInt8] = []
    /// Whether the last read took all there was, so that the next one would find nothing before the kernel says so.
    private var isDrained = false
    /// A write that failed may have left half of what it sent; nothing can follow that.
    private var writeFailure: NetError?

    init(_ descriptor: Descriptor) {
        self.descriptor = descriptor
    }

    var isOpen: Bool { descriptor.isOpen }

    /// Agrees on TLS; nothing may have been read or written before.
    func secure(_ session: TLSSession, until deadline: MonotonicTime) async throws(NetError) {
        tls = session
        while true {
            let done: Bool
            do {
                done = try session.handshake()
            } catch {
                // The alert that says why goes out if it can; the handshake's error is the one to report.
                try? await flush(until: deadline)
                throw .tls(String(describing: error))
            }
            try await flush(until: deadline)
            if done { return }
            guard try await fill(session, until: deadline) else { throw .tls("closed during the handshake") }
        }
    }

    /// Adds what has come to `input`, at least one byte; false at the end of the stream.
    func read(until deadline: MonotonicTime) async throws(NetError) -> Bool {
        guard let tls else {
            let count = try await receive(until: deadline)
            input.append(contentsOf: ByteStream.scratch[..<count])
            return count > 0
        }
        while true {
            do {
                switch try tls.read(into: &input, max: ByteStream.chunk) {
                case .bytes: return true
                case .closed: return false
                case .needsInput: break
                }
            } catch {
                throw .tls(String(describing: error))
            }
            try offer(tls)
            guard try await fill(tls, until: deadline) else { return false }
        }
    }

    /// Forgets the first bytes of `input`, which were used.
    func use(_ count: Int) {
        if count >= input.count {
            // A connection at rest keeps no large buffer.
            input.removeAll(keepingCapacity: input.capacity <= 4_096)
        } else {
            input.removeFirst(count)
        }
    }

    /// Sends everything; `idle` is how long the peer may take nothing of it, `deadline` ends the whole.
    func write(
        _ bytes: [UInt8], idle: Duration, until deadline: MonotonicTime = .distant
    ) async throws(NetError) {
        try await write(bytes[...], idle: idle, until: deadline)
    }

    func write(
        _ bytes: ArraySlice<UInt8>, idle: Duration, until deadline: MonotonicTime = .distant
    ) async throws(NetError) {
        try await inTurn { () throws(NetError) in
            guard let tls else { return try await send(bytes, idle: idle, until: deadline) }
            var rest = bytes
            // The last turn takes along what a reader of the same connection had to answer meanwhile.
            while !rest.isEmpty || tls.pendingOutgoing > 0 {
                let piece = rest.prefix(ByteStream.chunk)
                do {
                    try piece.withUnsafeBytes { try tls.write($0) }
                } catch {
                    throw .tls(String(describing: error))
                }
                rest = rest.dropFirst(piece.count)
                if !held.isEmpty {
                    let first = held
                    held = []
                    try await send(first[...], idle: idle, until: deadline)
                }
                try await send(tls.takeOutgoing()[...], idle: idle, until: deadline)
            }
        }
    }

    /// Sends with nobody else in between.
    func inTurn(_ body: () async throws(NetError) -> Void) async throws(NetError) {
        if isWriting { await withUnsafeContinuation { turns.append($0) } }
        isWriting = true
        defer {
            // The turn is handed over: `isWriting` stays, so that nobody comes in between.
            if turns.isEmpty { isWriting = false } else { turns.removeFirst().resume() }
        }
        if let writeFailure { throw writeFailure }
        do throws(NetError) {
            try await body()
        } catch {
            writeFailure = error
            throw error
        }
    }

    /// Sends the end of the stream, keeping the other direction open for a moment.
    func finishWriting() {
        guard isOpen else { return }
        sayGoodbye()
        shutdown(descriptor.fd, Int32(SHUT_WR))
    }

    func close() {
        if descriptor.isOpen { sayGoodbye() }
        descriptor.close()
    }

    private func sayGoodbye() {
        // In the middle of a record it would only break it.
        guard let tls, !isWriting, held.isEmpty, writeFailure == nil else { return }
        tls.shutdown()
        // A peer that takes no more gets no farewell.
        _ = tls.takeOutgoing().withUnsafeBytes {
            Glibc.send(descriptor.fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// Sends what the handshake has to say.
    private func flush(until deadline: MonotonicTime) async throws(NetError) {
        guard let tls, tls.pendingOutgoing > 0 else { return }
        try await send(tls.takeOutgoing()[...], idle: nil, until: deadline)
    }

    /// Sends what TLS has to say while it reads (new keys are confirmed), as far as that goes without waiting: the rest
    /// goes out with the next write, which may be under way.
    private func offer(_ tls: TLSSession) throws(NetError) {
        guard held.count + tls.pendingOutgoing <= ByteStream.chunk else {
            throw .tls("the peer takes no answers")
        }
        guard !isWriting, descriptor.isOpen, tls.pendingOutgoing > 0 || !held.isEmpty else { return }
        held += tls.takeOutgoing()
        let count = held.withUnsafeBytes {
            Glibc.send(descriptor.fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        // What is wrong with the connection shows when it is read from.
        if count > 0 { held.removeFirst(count) }
    }

    private func fill(_ tls: TLSSession, until deadline: MonotonicTime) async throws(NetError) -> Bool {
        let count = try await receive(until: deadline)
        tls.receive(UnsafeRawBufferPointer(rebasing: ByteStream.scratch[..<count]))
        return count > 0
    }

    /// Fills the common buffer; 0 at the end of the stream.
    private func receive(until deadline: MonotonicTime) async throws(NetError) -> Int {
        while true {
            guard descriptor.isOpen else { throw .closed }
            if isDrained {
                isDrained = false
                try await check(descriptor.waitReadable(until: deadline))
            }
            let count = recv(descriptor.fd, ByteStream.scratch.baseAddress, ByteStream.chunk, 0)
            if count >= 0 {
                // epoll(7): less than asked for is all there is. That the peer is gone may have been told already.
                isDrained = count > 0 && count < ByteStream.chunk && !descriptor.isHungUp
                return count
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: try await check(descriptor.waitReadable(until: deadline))
            default: throw .last()
            }
        }
    }

    /// - Parameter idle: how long the peer may take nothing of it.
    func send(
        _ bytes: ArraySlice<UInt8>, idle: Duration?, until deadline: MonotonicTime
    ) async throws(NetError) {
        var rest = bytes
        while !rest.isEmpty {
            let moment = idle.map { min(deadline, .after($0)) } ?? deadline
            rest = try await sendSome(rest, until: moment)
        }
    }

    private func sendSome(
        _ bytes: ArraySlice<UInt8>, until deadline: MonotonicTime
    ) async throws(NetError) -> ArraySlice<UInt8> {
        while true {
            guard descriptor.isOpen else { throw .closed }
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor.fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 { return bytes.dropFirst(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: try await check(descriptor.waitWritable(until: deadline))
            default: throw .last()
            }
        }
    }

    func check(_ readiness: Readiness) throws(NetError) {
        switch readiness {
        case .ready: return
        case .timedOut: throw .timedOut
        case .closed: throw .closed
        }
    }
}
