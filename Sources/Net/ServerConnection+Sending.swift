import HTTP

extension ServerConnection {
    /// Sends a response; false when the connection is over.
    func send(_ response: Response, to exchange: Exchange, keepAlive: Bool) async throws(NetError) -> Bool {
        let (output, framing) = write(response, exchange.head, keepAlive: keepAlive)
        guard !response.isFile, framing != .none, case .bytes(let bytes) = response.body else {
            return try await sendOther(response, output, framing, keepAlive: keepAlive)
        }
        try await stream.write(output, bytes, idle: server.limits.writeIdle)
        return keepAlive
    }

    /// The bytes before the content, and how that is to be sent.
    @inline(never)
    private func write(
        _ response: Response, _ head: RequestHead, keepAlive: Bool
    ) -> (output: [UInt8], framing: BodyFraming) {
        var output: [UInt8] = []
        let framing = Serializer.write(
            head: response, to: head.method, version: head.version, keepAlive: keepAlive,
            date: HTTPDate.format(MonotonicTime.wallSeconds()), into: &output)
        return (output, framing)
    }

    /// What is not just bytes.
    @inline(never)
    private func sendOther(
        _ response: Response, _ output: [UInt8], _ framing: BodyFraming, keepAlive: Bool
    ) async throws(NetError) -> Bool {
        let uplink = response.isFile ? server.uplink : nil
        switch framing == .none ? response.body.withoutContent : response.body {
        case .none:
            try await stream.write(output, idle: server.limits.writeIdle)
        case .bytes(let bytes):
            guard let uplink else {
                try await stream.write(output, bytes, idle: server.limits.writeIdle)
                break
            }
            try await stream.write(output, idle: server.limits.writeIdle)
            let sending = sending(uplink)
            return await sending.run(.of([bytes]), framing) && keepAlive
        case .file(let path, let range):
            try await stream.write(output, idle: server.limits.writeIdle)
            guard let file = OpenFile(sending: path) else { return false }
            return try await send(file, range, uplink) && keepAlive
        case .openFile(let file, let range):
            try await stream.write(output, idle: server.limits.writeIdle)
            return try await send(file, range, uplink) && keepAlive
        case .stream(let pieces, let length):
            try await stream.write(output, idle: server.limits.writeIdle)
            stream.descriptor.limitUnsent(to: server.limits.unsent)
            let sending = sending(uplink)
            // What has an end is sent to its end, as files are.
            if length == nil {
                streaming = sending
                if server.isStopping { sending.stop() }
            }
            defer { streaming = nil }
            return await sending.run(pieces, framing) && keepAlive
        case .webSocket(_, let handler):
            try await stream.write(output, idle: server.limits.writeIdle)
            stream.descriptor.limitUnsent(to: server.limits.unsent)
            let connection = speaking()
            webSocket = connection
            if server.isStopping { connection.close(1001) }
            await connection.run(handler)
            return false
        }
        return keepAlive && framing != BodyFraming.untilClose
    }

    /// Not inlined, nor is the next: the limits that they hand on would stay in the frame of whoever waits, a kilobyte for
    /// each connection.
    @inline(never)
    private func sending(_ uplink: Uplink?) -> StreamSending {
        StreamSending(stream, limits: server.limits, uplink: uplink)
    }

    @inline(never)
    private func speaking() -> WebSocketConnection {
        WebSocketConnection(stream, limits: server.limits)
    }

    private func send(
        _ file: OpenFile, _ range: Range<Int>, _ uplink: Uplink?
    ) async throws(NetError) -> Bool {
        guard let uplink else {
            return try await stream.write(file: file, range: range, idle: server.limits.writeIdle)
        }
        return await sending(uplink).run(file, range)
    }

    /// Says what is wrong with a request that has no head yet, and ends the connection.
    func refuse(_ status: Status, _ sentence: String) async throws(NetError) {
        try await refuse(Response.text(status, sentence + "\n"), to: nil)
    }

    /// Answers and ends the connection, giving the client a moment to read why.
    ///
    /// - Parameter exchange: nil when there is no head yet.
    @inline(never)
    func refuse(_ response: Response, to exchange: Exchange?) async throws(NetError) {
        let (method, version) = (exchange?.head.method ?? .get, exchange?.head.version ?? 1)
        var output: [UInt8] = []
        Serializer.write(
            head: response, to: method, version: version, keepAlive: false,
            date: HTTPDate.format(MonotonicTime.wallSeconds()), into: &output)
        if case .bytes(let bytes) = response.body, method != .head { output += bytes }
        try await stream.write(output, idle: server.limits.writeIdle)
        stream.finishWriting()
        // Closing while bytes are unread would reset the connection, and the answer with it.
        let deadline = MonotonicTime.after(server.limits.lingering)
        var taken = stream.input.count
        stream.use(taken)
        while taken < 256 * 1024, try await stream.read(until: deadline) {
            taken += stream.input.count
            stream.use(stream.input.count)
        }
    }
}

extension ResponseBody {
    /// What is left when nothing may follow the head; a WebSocket is no content.
    fileprivate var withoutContent: ResponseBody {
        if case .webSocket = self { self } else { .none }
    }
}
