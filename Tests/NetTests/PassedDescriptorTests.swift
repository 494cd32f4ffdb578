import Glibc
import Net
import Testing

@Suite struct PassedDescriptorTests {
    private func pair() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        return (ends[0], ends[1])
    }

    @Test func `an open file travels with a line`() throws {
        let (here, there) = try pair()
        defer { [here, there].forEach { close($0) } }
        let file = open("/dev/zero", O_RDONLY)
        defer { close(file) }
        #expect(PassedDescriptor.send(file, with: "a line\n", over: here))
        let (line, descriptor) = try #require(PassedDescriptor.receive(over: there))
        defer { close(descriptor) }
        #expect(line == "a line")
        #expect(descriptor != file)
        var byte: UInt8 = 1
        #expect(read(descriptor, &byte, 1) == 1 && byte == 0)
        #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC, "it stays with this program")
    }

    @Test(arguments: ["a line without a file\n", ""])
    func `what comes without a file is nothing`(line: String) throws {
        let (here, there) = try pair()
        defer { close(there) }
        _ = write(here, line, line.utf8.count)
        close(here)
        #expect(PassedDescriptor.receive(over: there) == nil)
    }

    @Test func `a line that does not end is nothing, and one that is too long is not sent`() throws {
        let (here, there) = try pair()
        defer { [here, there].forEach { close($0) } }
        #expect(PassedDescriptor.send(here, with: "no end", over: here))
        #expect(PassedDescriptor.receive(over: there) == nil)
        #expect(!PassedDescriptor.send(here, with: String(repeating: "x", count: 300) + "\n", over: here))
    }
}
