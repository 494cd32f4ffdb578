import Crypto
import Foundation
import Glibc
import HTTP
import Testing

@testable import Net

extension Sockets {
    @Suite struct ClientTests {
        private func client(
            limits: Limits = .brisk, allowsPrivate: Bool = true, allowsPlainHTTP: Bool = true
        ) -> Client {
            _ = Sockets.loop
            return Client(
                limits: limits, addressGuard: AddressGuard(allowsPrivate: allowsPrivate),
                allowsPlainHTTP: allowsPlainHTTP
            ) { throw CancellationError() }
        }

        private func get(_ port: UInt16, _ path: String, host: String = "127.0.0.1") throws -> OutboundRequest
        {
            OutboundRequest(url: try #require(WebURL("http://\(host):\(port)\(path)")))
        }

        private func failure(_ client: Client, _ request: OutboundRequest) async -> SendError? {
            do throws(SendError) {
                _ = try await client.send(request)
                return nil
            } catch {
                return error
            }
        }

        @Test func `a page is fetched, and one connection serves several exchanges`() async throws {
            try await TestServer.run { server in
                let client = client()
                for _ in 0..<3 {
                    let response = try await client.send(get(server.port, "/hello"))
                    #expect(response.status == .ok && response.body == Array("hello 127.0.0.1".utf8))
                    #expect(response.url.path == "/hello")
                }
                let load = await server.server.load
                #expect(load.connections == 1 && load.requests == 3)
            }
        }

        @Test func `a body is sent and a chunked answer read`() async throws {
            try await TestServer.run { server in
                let client = client()
                var request = try get(server.port, "/echo")
                request.method = .post
                request.body = Array("croak".utf8)
                #expect(try await client.send(request).body == request.body)
                #expect(try await client.send(get(server.port, "/pieces")).body == Array("onethree".utf8))
                var head = try get(server.port, "/hello")
                head.method = .head
                let response = try await client.send(head)
                #expect(response.body.isEmpty && response.fields["Content-Length"] == "15")
                #expect(await server.server.load.connections == 1)
            }
        }

        @Test func `exchanges at the same time have a connection each, and so many are kept`() async throws {
            let gate = Gate()
            let routes = [
                Route(.get, "/wait") { _ in
                    await gate.pass()
                    return .text(.ok, "waited")
                }
            ]
            try await TestServer.run(routes) { server in
                let client = client(limits: Limits.brisk.with { $0.idlePerHost = 2 })
                let request = try get(server.port, "/wait")
                try await withThrowingTaskGroup(of: Status.self) { group in
                    for _ in 0..<4 { group.addTask { try await client.send(request).status } }
                    for _ in 0..<4 { await gate.awaitEntry() }
                    #expect(await server.server.load.connections == 4)
                    for _ in 0..<4 { gate.open() }
                    for try await status in group { #expect(status == .ok) }
                }
                while await server.server.load.connections > 2 { await Task.yield() }
                #expect(await server.server.load.connections == 2)
            }
        }

        @Test func `a connection that the other side closed is not used again`() async throws {
            try await TestServer.run(limits: Limits.brisk.with { $0.keepAliveIdle = .milliseconds(30) }) {
                server in
                let client = client()
                _ = try await client.send(get(server.port, "/hello"))
                while await server.server.load.connections > 0 { await Task.yield() }
                #expect(try await client.send(get(server.port, "/hello")).status == .ok)
            }
        }

        @Test func `closed connections of others leave room in the pool`() async throws {
            try await TestServer.run { one in
                try await TestServer.run { other in
                    let client = client(
                        limits: Limits.brisk.with {
                            $0.idleInAll = 1
                            $0.idleFor = .milliseconds(30)
                        })
                    _ = try await client.send(get(one.port, "/hello"))
                    while await one.server.load.connections > 0 { await Task.yield() }
                    _ = try await client.send(get(other.port, "/hello"))
                    #expect(await other.server.load.connections == 1, "it is kept")
                }
            }
        }

        @Test func `redirects are followed as often as allowed, each prepared anew`() async throws {
            let routes = [
                Route(.get, "/r/:n") { request in
                    let left = Int(request.parameters["n"] ?? "") ?? 0
                    let seen = request.fields["X-Signed-For"] ?? "nothing"
                    return left == 0 ? .text(.ok, seen) : .redirect(.found, to: "../r/\(left - 1)")
                },
                Route(.post, "/r") { _ in .redirect(.temporaryRedirect, to: "/r/0") },
            ]
            try await TestServer.run(routes) { server in
                let client = client()
                var request = try get(server.port, "/r/3")
                request.prepare = { url in Fields([("X-Signed-For", url.path)]) }
                let response = try await client.send(request)
                #expect(response.url.path == "/r/0" && response.body == Array("/r/0".utf8))
                request.url = try #require(WebURL("http://127.0.0.1:\(server.port)/r/4"))
                #expect(await failure(client, request) == .tooManyRedirects)
                var post = OutboundRequest(
                    method: .post, url: try #require(WebURL("http://127.0.0.1:\(server.port)/r")))
                post.body = [1]
                #expect(try await client.send(post).status == .temporaryRedirect)
            }
        }

        @Test func `a redirect without a usable address is an error`() async throws {
            for location in ["", "Location: gopher://x/\r\n", "Location: http://user@127.0.0.1/\r\n"] {
                let server = ScriptedServer(["HTTP/1.1 302 Found\r\n\(location)Content-Length: 0\r\n\r\n"])
                defer { server.stop() }
                #expect(
                    try await failure(client(), get(server.port, "/")) == .malformedResponse, "\(location)")
            }
        }

        @Test func `a private address is refused, whoever names it`() async throws {
            try await TestServer.run { server in
                let client = client(allowsPrivate: false)
                let refusal = try await failure(client, get(server.port, "/hello"))
                #expect(refusal == .addressRefused)
                #expect(
                    try await failure(client, get(server.port, "/hello", host: "localhost"))
                        == .addressRefused)
                #expect(
                    try await failure(client, get(server.port, "/hello", host: "[::ffff:127.0.0.1]"))
                        == .addressRefused)
                #expect(await server.server.load.requests == 0)
            }
        }

        @Test func `what is allowed no longer is refused also where a connection is open`() async throws {
            try await TestServer.run { server in
                let client = client()
                #expect(try await client.send(get(server.port, "/hello")).status == .ok)
                await client.allow(AddressGuard(allowsPrivate: false), plainHTTP: true)
                let refusal = try await failure(client, get(server.port, "/hello"))
                #expect(refusal == .addressRefused)
                await client.allow(AddressGuard(allowsPrivate: true), plainHTTP: true)
                #expect(try await client.send(get(server.port, "/hello")).status == .ok)
            }
        }

        @Test func `an address in the open is refused unless allowed`() async throws {
            try await TestServer.run { server in
                let client = client(allowsPlainHTTP: false)
                let refusal = try await failure(client, get(server.port, "/hello"))
                #expect(refusal == .plainHTTPRefused)
                #expect(await server.server.load.connections == 0)
            }
        }

        @Test func `an answer that is longer than wanted is given up`() async throws {
            let routes = [
                Route(.get, "/long") { _ in Response(.ok, body: .bytes([UInt8](repeating: 65, count: 2_000)))
                },
                Route(.get, "/pieces") { _ in
                    Response(
                        .ok,
                        body: .stream(.of([[UInt8]](repeating: [UInt8](repeating: 65, count: 400), count: 5)))
                    )
                },
            ]
            try await TestServer.run(routes) { server in
                for path in ["/long", "/pieces"] {
                    var request = try get(server.port, path)
                    request.maxBody = 1_999
                    #expect(await failure(client(), request) == .bodyTooLarge(limit: 1_999))
                    request.maxBody = 2_000
                    #expect(try await client().send(request).body.count == 2_000)
                }
            }
        }

        /// Each server stops at another place; the whole exchange has one deadline.
        @Test(arguments: [
            "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        ])
        func `a server that hangs is left at the deadline`(answer: String) async throws {
            let server = ScriptedServer([answer], hangsUp: false)
            defer { server.stop() }
            var request = try get(server.port, "/")
            request.deadline = .milliseconds(80)
            #expect(await failure(client(), request) == .timedOut)
        }

        @Test func `a server that does not begin to answer is left earlier`() async throws {
            let server = ScriptedServer([""], hangsUp: false)
            defer { server.stop() }
            let client = client(limits: Limits.brisk.with { $0.firstByte = .milliseconds(60) })
            #expect(try await failure(client, get(server.port, "/")) == .timedOut)
        }

        @Test(arguments: [
            "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ])
        func `nonsense is no answer`(answer: String) async throws {
            let server = ScriptedServer([answer])
            defer { server.stop() }
            #expect(try await failure(client(), get(server.port, "/")) == .malformedResponse)
        }

        @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
        func `an answer that breaks off is no answer`(answer: String) async throws {
            let server = ScriptedServer([answer])
            defer { server.stop() }
            guard case .disconnected = try await failure(client(), get(server.port, "/")) else {
                Issue.record("not a broken connection")
                return
            }
        }

        @Test func `an answer without a length lasts until the end`() async throws {
            let server = ScriptedServer(["HTTP/1.1 200 OK\r\n\r\nribbit"])
            defer { server.stop() }
            #expect(try await client().send(get(server.port, "/")).body == Array("ribbit".utf8))
        }

        @Test func `a port where nobody listens is a failed connection`() async throws {
            // Bound, so that nobody else gets the port, but not listening.
            let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(fd) }
            let bound = SocketAddress.ipv4([127, 0, 0, 1], port: 0).withSockaddr { bind(fd, $0, $1) }
            try #require(bound == 0)
            guard case .connectionFailed = try await failure(client(), get(TestServer.port(of: fd), "/"))
            else {
                Issue.record("not a failed connection")
                return
            }
        }

        @Test func `more exchanges than allowed at once are refused`() async throws {
            let server = ScriptedServer([""], hangsUp: false)
            defer { server.stop() }
            let client = client(limits: Limits.brisk.with { $0.outboundInAll = 0 })
            #expect(try await failure(client, get(server.port, "/")) == .overloaded)
        }

        @Test func `a server that takes nothing of what is sent is left at the deadline`() async throws {
            let server = ScriptedServer([""], hangsUp: false)
            defer { server.stop() }
            var request = try get(server.port, "/")
            request.method = .post
            // More than the buffers of both ends hold.
            request.body = [UInt8](repeating: 1, count: 32 << 20)
            request.deadline = .milliseconds(80)
            #expect(await failure(client(), request) == .timedOut)
        }
    }
}
