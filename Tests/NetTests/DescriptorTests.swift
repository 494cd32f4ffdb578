import Glibc
import Testing

@testable import Net

extension Sockets {
    @Suite struct DescriptorTests {
        @Loop private static func pair() throws -> (Descriptor, Int32) {
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            return (try #require(Descriptor(ends[0])), ends[1])
        }

        @Test @Loop func `waiting ends when bytes come, at the deadline, or at the close`() async throws {
            _ = Sockets.loop
            let (descriptor, other) = try Self.pair()
            defer { close(other) }
            #expect(await descriptor.waitReadable(until: .after(.milliseconds(20))) == .timedOut)
            _ = write(other, "x", 1)
            #expect(await descriptor.waitReadable(until: .after(.seconds(60))) == .ready)
            Reactor.spawn { descriptor.close() }
            #expect(await descriptor.waitReadable(until: .after(.seconds(60))) == .closed)
            #expect(await descriptor.waitReadable(until: .after(.seconds(60))) == .closed)
        }

        @Test @Loop func `a deadline that moves on is kept`() async throws {
            _ = Sockets.loop
            let (descriptor, other) = try Self.pair()
            defer { close(other) }
            let begun = MonotonicTime.now()
            _ = write(other, "x", 1)
            #expect(await descriptor.waitReadable(until: .after(.milliseconds(10))) == .ready)
            // The first alarm rings in between and must neither end this wait nor be the last one.
            #expect(await descriptor.waitReadable(until: begun + .milliseconds(60)) == .timedOut)
            #expect(MonotonicTime.now() >= begun + .milliseconds(60))
            descriptor.close()
        }

        @Test @Loop func `what the loop cannot watch leaves its number to the next`() async throws {
            _ = Sockets.loop
            // epoll_ctl(2): a regular file cannot be watched.
            let fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
            try #require(fd >= 0)
            #expect(Descriptor(fd) == nil)
            let (descriptor, other) = try Self.pair()
            defer { close(other) }
            let (second, third) = try Self.pair()
            defer { close(third) }
            _ = write(other, "x", 1)
            _ = write(third, "x", 1)
            #expect(await descriptor.waitReadable(until: .after(.seconds(5))) == .ready)
            #expect(await second.waitReadable(until: .after(.seconds(5))) == .ready)
            descriptor.close()
            second.close()
        }
    }
}
