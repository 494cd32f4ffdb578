import HTTP
import Net
import Testing

extension Sockets {
    /// What a server does to those who take too long or want too much. The standard deadlines are longer than
    /// what `RawClient` waits for.
    @Suite struct ServerLimitsTests {
        @Test func `a slow head is given up at its deadline`() async throws {
            let limits = Limits.brisk.with { $0.headTimeout = .milliseconds(60) }
            try await TestServer.run(limits: limits) { server in
                let client = try RawClient(port: server.port)
                client.send("GET /hello HTT")
                #expect(try client.readAll().hasPrefix("HTTP/1.1 408 "))
            }
        }

        @Test func `a second head has its own deadline`() async throws {
            let limits = Limits.brisk.with { $0.headTimeout = .milliseconds(60) }
            try await TestServer.run(limits: limits) { server in
                let client = try RawClient(port: server.port)
                client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\nGET /he")
                #expect(try client.readResponse().body == "hello 127.0.0.1")
                #expect(try client.readAll().hasPrefix("HTTP/1.1 408 "))
            }
        }

        @Test func `a connection that lies idle is closed without a word`() async throws {
            let limits = Limits.brisk.with {
                $0.newConnectionIdle = .milliseconds(60)
                $0.keepAliveIdle = .milliseconds(90)
            }
            try await TestServer.run(limits: limits) { server in
                let silent = try RawClient(port: server.port)
                #expect(try silent.readAll() == "")
                let client = try RawClient(port: server.port)
                client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readResponse().body == "hello 127.0.0.1")
                #expect(try client.readAll() == "")
            }
        }

        @Test(arguments: ["/echo", "/count"])
        func `a body that stops coming is given up`(path: String) async throws {
            let limits = Limits.brisk.with { $0.bodyIdle = .milliseconds(60) }
            try await TestServer.run(limits: limits) { server in
                let client = try RawClient(port: server.port)
                client.send("POST \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
                let answer = try client.readAll()
                #expect(answer.hasPrefix("HTTP/1.1 408 "))
            }
        }

        @Test func `a body has a deadline for the whole of it`() async throws {
            let limits = Limits.brisk.with { $0.bodyTimeout = .milliseconds(60) }
            try await TestServer.run(limits: limits) { server in
                let client = try RawClient(port: server.port)
                client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
                #expect(try client.readAll().hasPrefix("HTTP/1.1 408 "))
            }
        }

        @Test func `an upload that only drips is given up`() async throws {
            let limits = Limits.brisk.with {
                $0.newConnectionIdle = .milliseconds(60)
                $0.bodyRateFrom = .milliseconds(50)
                $0.bodyRate = 1_000
            }
            try await TestServer.run(limits: limits) { server in
                let dripping = try RawClient(port: server.port)
                let fast = try RawClient(port: server.port)
                dripping.send("POST /count HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n\r\na")
                fast.send("POST /count HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n\r\na")
                // Somebody who says nothing is the clock: the server closes that connection.
                _ = try RawClient(port: server.port).readAll()
                fast.send([UInt8](repeating: 7, count: 49_990))
                dripping.send("b")
                #expect(try dripping.readAll().hasPrefix("HTTP/1.1 408 "))
                fast.send([UInt8](repeating: 7, count: 9))
                #expect(try fast.readResponse().body == "50000")
            }
        }

        @Test func `one address gets so many connections and no more`() async throws {
            let limits = Limits.brisk.with { $0.connectionsPerAddress = 2 }
            try await TestServer.run(limits: limits) { server in
                var clients = [try RawClient(port: server.port), try RawClient(port: server.port)]
                for client in clients {
                    client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                    #expect(try client.readResponse().body == "hello 127.0.0.1")
                }
                #expect(try RawClient(port: server.port).readAll() == "")
                // Somebody who leaves makes room.
                clients.removeLast().send("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                while await server.server.load.connections > 1 { await Task.yield() }
                let next = try RawClient(port: server.port)
                next.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try next.readResponse().body == "hello 127.0.0.1")
            }
        }

        @Test func `beyond the limit of all connections one waits until another leaves`() async throws {
            let limits = Limits.brisk.with { $0.connections = 1 }
            try await TestServer.run(limits: limits) { server in
                let first = try RawClient(port: server.port)
                first.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try first.readResponse()
                let second = try RawClient(port: server.port)
                second.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                first.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try first.readResponse()
                #expect(await server.server.load.requests == 2, "the second one is not served yet")
                first.finish()
                #expect(try second.readResponse().body == "hello 127.0.0.1")
            }
        }

        @Test func `a connection ends after its number of requests`() async throws {
            let limits = Limits.brisk.with { $0.requestsPerConnection = 2 }
            try await TestServer.run(limits: limits) { server in
                let client = try RawClient(port: server.port)
                for _ in 0..<3 { client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n") }
                #expect(try !client.readResponse().head.contains("Connection: close"))
                #expect(try client.readResponse().head.contains("Connection: close"))
                #expect(try client.readAll() == "")
            }
        }

        @Test func `a trusted proxy speaks for its clients, and each has the limit`() async throws {
            let gate = Gate()
            let limits = Limits.brisk.with { $0.connectionsPerAddress = 1 }
            let routes = [
                Route(.get, "/hello") { request in .text(.ok, "hello \(request.peer) \(request.isSecure)") },
                Route(.get, "/wait") { _ in
                    await gate.pass()
                    return .text(.ok, "waited")
                },
            ]
            try await TestServer.run(routes, limits: limits, proxies: "127.0.0.0/8") { server in
                let busy = try RawClient(port: server.port)
                busy.send("GET /wait HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")
                await gate.awaitEntry()
                let same = try RawClient(port: server.port)
                same.send("GET /hello HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")
                #expect(try same.readAll().hasPrefix("HTTP/1.1 429 "))
                let other = try RawClient(port: server.port)
                other.send(
                    "GET /hello HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.8\r\n"
                        + "X-Forwarded-Proto: https\r\n\r\n")
                #expect(try other.readResponse().body == "hello 203.0.113.8 true")
                gate.open()
                #expect(try busy.readResponse().body == "waited")
            }
        }

        @Test func `somebody who is no proxy speaks for nobody`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send("GET /hello HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")
                #expect(try client.readResponse().body == "hello 127.0.0.1")
                client.send("GET /secure HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: https\r\n\r\n")
                #expect(try client.readResponse().body == "false")
            }
        }

        @Test func `stopping ends who is idle and lets who is busy finish`() async throws {
            let gate = Gate()
            let routes = [
                Route(.get, "/hello") { _ in .text(.ok, "hello") },
                Route(.get, "/wait") { _ in
                    await gate.pass()
                    return .text(.ok, "waited")
                },
            ]
            try await TestServer.run(routes) { server in
                let idle = try RawClient(port: server.port)
                idle.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try idle.readResponse()
                let busy = try RawClient(port: server.port)
                busy.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n")
                await gate.awaitEntry()
                await server.server.stop()
                #expect(try idle.readAll() == "")
                #expect(throws: RawClient.Failure.self) { try RawClient(port: server.port) }
                gate.open()
                let (head, body) = try busy.readResponse()
                #expect(body == "waited" && head.contains("Connection: close"))
                #expect(try busy.readAll() == "")
                await server.ended()
            }
        }
    }
}
