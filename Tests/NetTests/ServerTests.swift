import Foundation
import Glibc
import HTTP
import Net
import Testing

extension Sockets {
    @Suite struct ServerTests {
        @Test func `a request is answered, and the connection stays for the next`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                for _ in 0..<3 {
                    client.send("GET /hello HTTP/1.1\r\nHost: pond.example\r\n\r\n")
                    let (head, body) = try client.readResponse()
                    #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && body == "hello 127.0.0.1")
                    #expect(head.contains("\r\nDate: "))
                }
                let load = await server.server.load
                #expect(load.connections == 1 && load.requests == 3)
            }
        }

        @Test func `requests that come all at once are answered in order`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send(
                    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\none"
                        + "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\ntw\r\n1\r\no\r\n0\r\n\r\n"
                        + "GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                #expect(try client.readResponse().body == "one")
                #expect(try client.readResponse().body == "two")
                let (head, body) = try client.readResponse()
                #expect(body == "hello 127.0.0.1" && head.contains("Connection: close"))
                #expect(try client.readAll() == "")
            }
        }

        @Test func `HEAD is answered without a body`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send("HEAD /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                let answer = try client.readAll()
                #expect(answer.contains("Content-Length: 15\r\n") && answer.hasSuffix("\r\n\r\n"))
            }
        }

        @Test func `pieces of unknown length go out chunked, or until the end for HTTP 1 point 0`()
            async throws
        {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send("GET /pieces HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                let chunked = try client.readAll()
                #expect(chunked.hasSuffix("\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"))
                let old = try RawClient(port: server.port)
                old.send("GET /pieces HTTP/1.0\r\n\r\n")
                #expect(try old.readAll().hasSuffix("\r\n\r\nonethree"))
            }
        }

        @Test func `what no route answers, the fallback does, and a failing handler is not silence`()
            async throws
        {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                for (line, status) in [("GET /none", 404), ("POST /hello", 405), ("GET /fails", 500)] {
                    client.send("\(line) HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                    #expect(try client.readResponse().head.hasPrefix("HTTP/1.1 \(status) "), "\(line)")
                }
            }
        }

        @Test func `nonsense is refused and the connection closed`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send("hello server\r\n\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                let answer = try client.readAll()
                #expect(answer.hasPrefix("HTTP/1.1 400 ") && !answer.contains("200 OK"))
            }
        }

        @Test func `a body that is too long is refused before it is sent`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send(
                    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
                let answer = try client.readAll()
                #expect(answer.hasPrefix("HTTP/1.1 413 ") && !answer.contains("100 Continue"))
            }
        }

        @Test func `a chunked body is refused when it grows too long`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n")
                client.send([UInt8](repeating: 65, count: 1_024))
                #expect(try client.readAll().hasPrefix("HTTP/1.1 413 "))
            }
        }

        @Test func `a client that asks first is told to go on`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send(
                    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                #expect(try client.readHead() == "HTTP/1.1 100 Continue\r\n\r\n")
                client.send("hi")
                #expect(try client.readResponse().body == "hi")
            }
        }

        @Test func `a streamed body reaches its handler in pieces`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send("POST /count HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n")
                for _ in 0..<300 { client.send([UInt8](repeating: 7, count: 1_000)) }
                #expect(try client.readResponse().body == "300000")
            }
        }

        @Test func `a short body that nobody read is skipped, a long one ends the connection`() async throws {
            try await TestServer.run { server in
                let client = try RawClient(port: server.port)
                client.send("POST /unread HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n")
                client.send([UInt8](repeating: 7, count: 1_000))
                #expect(try client.readResponse().head.contains("200 OK"))
                client.send("POST /unread HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000\r\n\r\n")
                let (head, body) = try client.readResponse()
                #expect(head.contains("Connection: close") && body == "not read")
                #expect(try client.readAll() == "")
            }
        }

        @Test func `a file goes out in the part that was asked for`() async throws {
            let path = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString)")
                .path()
            let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
            try Data(content).write(to: URL(fileURLWithPath: path))
            defer { unlink(path) }
            let routes = [
                Route(.get, "/all") { _ in Response(.ok, body: .file(path: path, range: 0..<200_000)) },
                Route(.get, "/part") { _ in
                    Response(.partialContent, body: .file(path: path, range: 70_000..<150_001))
                },
                Route(.get, "/gone") { _ in Response(.ok, body: .file(path: path + "x", range: 0..<10)) },
                Route(.get, "/short") { _ in Response(.ok, body: .file(path: path, range: 199_990..<200_010))
                },
            ]
            try await TestServer.run(routes) { server in
                let client = try RawClient(port: server.port)
                client.send("GET /all HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readHead().contains("Content-Length: 200000\r\n"))
                #expect(try client.read(200_000) == content)
                client.send("GET /part HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readHead().contains("Content-Length: 80001\r\n"))
                #expect(try client.read(80_001) == Array(content[70_000..<150_001]))
                client.send("HEAD /part HTTP/1.1\r\nHost: h\r\n\r\nGET /gone HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readHead().contains("Content-Length: 80001\r\n"))
                // Breaking off says that the file is not whole.
                #expect(try client.readHead().contains("Content-Length: 10\r\n"))
                #expect(try client.readAll() == "")
                let other = try RawClient(port: server.port)
                other.send("GET /short HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try other.readHead().contains("Content-Length: 20\r\n"))
                #expect(try other.readAll().utf8.count < 20 * 3)
            }
        }
    }
}
