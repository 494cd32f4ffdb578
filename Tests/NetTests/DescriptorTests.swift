import Glibc
import Testing

@testable import Net

extension Sockets {
    @Suite struct DescriptorTests {
        init() { _ = Sockets.loop }

        @Loop private static func pair() throws -> (Descriptor, Int32) {
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            return (try #require(Descriptor(ends[0])), ends[1])
        }

        @Test @Loop func `waiting ends when bytes come, at the deadline, or at the close`() async throws {
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

        @Test @Loop func `who reads and who writes have deadlines of their own`() async throws {
            let (descriptor, other) = try Self.pair()
            defer { close(other) }
            let full = [UInt8](repeating: 0, count: 65_536)
            while write(descriptor.fd, full, full.count) > 0 {}
            // What was ready before is used up.
            _ = await descriptor.waitWritable(until: .after(.milliseconds(1)))
            let begun = MonotonicTime.now()
            async let read = descriptor.waitReadable(until: begun + .milliseconds(120))
            async let written = descriptor.waitWritable(until: begun + .milliseconds(30))
            #expect(await written == .timedOut)
            #expect(MonotonicTime.now() < begun + .milliseconds(110), "its own deadline, not the reader's")
            // A later deadline of the writer does not move the reader's.
            async let again = descriptor.waitWritable(until: begun + .seconds(60))
            #expect(await read == .timedOut)
            #expect(MonotonicTime.now() >= begun + .milliseconds(120))
            #expect(MonotonicTime.now() < begun + .seconds(30))
            descriptor.close()
            #expect(await again == .closed)
        }

        @Test @Loop func `the peer's end is noticed by who does not read`() async throws {
            let (descriptor, other) = try Self.pair()
            async let end: Void = descriptor.watchForEnd()
            _ = write(other, "unread", 6)
            close(other)
            await end
            await descriptor.watchForEnd()
            #expect(await descriptor.waitReadable(until: .after(.seconds(60))) == .ready)
            descriptor.close()
            await descriptor.watchForEnd()
        }

        @Test @Loop func `a watch can be ended, and so can waiting for bytes`() async throws {
            let (descriptor, other) = try Self.pair()
            defer { close(other) }
            let watch = Reactor.spawn { await descriptor.watchForEnd() }
            Reactor.spawn { descriptor.endWatch() }
            await watch.value
            let read = Reactor.spawn {
                let outcome = await descriptor.waitReadable(until: .after(.seconds(60)))
                #expect(outcome == .timedOut)
            }
            Reactor.spawn { descriptor.interruptReading() }
            await read.value
            descriptor.close()
        }

        @Test @Loop func `what the loop cannot watch leaves its number to the next`() async throws {
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
