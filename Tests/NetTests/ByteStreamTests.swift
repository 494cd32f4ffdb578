import Crypto
import Glibc
import Testing

@testable import Net

extension Sockets {
    @Suite struct ByteStreamTests {
        init() { _ = Sockets.loop }

        /// Two ends of one connection, under TLS if wanted, whose kernel takes little at a time.
        @Loop private static func pair(isSecure: Bool) async throws -> (ByteStream, ByteStream) {
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            var little: Int32 = 4_096
            for end in ends {
                setsockopt(end, SOL_SOCKET, SO_SNDBUF, &little, socklen_t(MemoryLayout<Int32>.size))
            }
            let server = ByteStream(try #require(Descriptor(ends[0])))
            let client = ByteStream(try #require(Descriptor(ends[1])))
            if isSecure {
                let deadline = MonotonicTime.after(.seconds(20))
                let context = try TLSContext.server(
                    certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("pond.key"))
                let trust = try TLSContext.client(roots: .systemAnd(pemFile: fixturePath("root.pem")))
                let asked = try TLSSession(client: trust, host: "pond.example")
                async let answered: Void = server.secure(TLSSession(server: context), until: deadline)
                try await client.secure(asked, until: deadline)
                try await answered
            }
            return (server, client)
        }

        /// Reads so many bytes, as runs of equal ones: the byte and how many of it.
        @Loop private static func runs(of stream: ByteStream, total: Int) async throws -> [[Int]] {
            var runs: [[Int]] = []
            var count = 0
            while count < total, try await stream.read(until: .after(.seconds(20))) {
                for byte in stream.input {
                    if runs.last?[0] == Int(byte) {
                        runs[runs.count - 1][1] += 1
                    } else {
                        runs.append([Int(byte), 1])
                    }
                }
                count += stream.input.count
                stream.use(stream.input.count)
            }
            return runs
        }

        /// Whether these bytes could not be written.
        @Loop private static func fails(_ stream: ByteStream, _ bytes: [UInt8], idle: Duration) async -> Bool
        {
            do throws(NetError) {
                try await stream.write(bytes, idle: idle)
                return false
            } catch {
                return true
            }
        }

        @Test(arguments: [false, true]) @Loop
        func `what several tasks write at once goes out one after the other`(isSecure: Bool) async throws {
            let (server, client) = try await Self.pair(isSecure: isSecure)
            let length = 60_000
            let patience = Duration.seconds(20)
            async let first: Void = server.write([UInt8](repeating: 1, count: length), idle: patience)
            async let second: Void = server.write([UInt8](repeating: 2, count: length), idle: patience)
            async let third: Void = server.write([UInt8](repeating: 3, count: length), idle: patience)
            let runs = try await Self.runs(of: client, total: 3 * length)
            #expect(runs.sorted { $0[0] < $1[0] } == [[1, length], [2, length], [3, length]])
            _ = try await (first, second, third)
        }

        @Test(arguments: [false, true]) @Loop
        func `after a write that was given up nothing more goes out`(isSecure: Bool) async throws {
            let (server, client) = try await Self.pair(isSecure: isSecure)
            let much = [UInt8](repeating: 1, count: 1_000_000)
            #expect(await Self.fails(server, much, idle: .milliseconds(30)))
            async let emptied = Self.runs(of: client, total: .max)
            #expect(await Self.fails(server, [2], idle: .seconds(20)))
            server.close()
            #expect(try await emptied.allSatisfy { $0[0] == 1 })
            client.close()
        }

        @Test(arguments: [false, true]) @Loop
        func `a write that stalls does not keep others from reading`(isSecure: Bool) async throws {
            let (server, client) = try await Self.pair(isSecure: isSecure)
            let much = [UInt8](repeating: 1, count: 1_000_000)
            async let stalled = Self.fails(server, much, idle: .seconds(20))
            try await client.write([7], idle: .seconds(20))
            #expect(try await server.read(until: .after(.seconds(20))))
            #expect(server.input == [7])
            server.close()
            #expect(await stalled)
            client.close()
        }

        @Test(arguments: [false, true]) @Loop
        func `a head and a body go out as one, however little the kernel takes`(isSecure: Bool) async throws {
            let (server, client) = try await Self.pair(isSecure: isSecure)
            let (head, body) = (20_000, 300_000)
            let patience = Duration.seconds(20)
            async let first: Void = server.write(
                [UInt8](repeating: 1, count: head), [UInt8](repeating: 2, count: body), idle: patience)
            async let second: Void = server.write([3], [], idle: patience)
            let runs = try await Self.runs(of: client, total: head + body + 1)
            #expect(runs.sorted { $0[0] < $1[0] } == [[1, head], [2, body], [3, 1]])
            _ = try await (first, second)
        }

        @Test @Loop func `an end that comes together with the last bytes is seen`() async throws {
            for length in [1, 4_096, ByteStream.chunk, ByteStream.chunk + 1] {
                let (server, client) = try await Self.pair(isSecure: false)
                async let written: Void = client.write(
                    [UInt8](repeating: 1, count: length), idle: .seconds(20))
                var count = 0
                while count < length, try await server.read(until: .after(.seconds(20))) {
                    count += server.input.count
                    server.use(server.input.count)
                }
                try await written
                client.close()
                #expect(try await !server.read(until: .after(.seconds(20))))
                let (late, early) = try await Self.pair(isSecure: false)
                try await early.write([1], idle: .seconds(20))
                early.close()
                #expect(try await late.read(until: .after(.seconds(20))))
                #expect(try await !late.read(until: .after(.seconds(20))))
            }
        }
    }
}
