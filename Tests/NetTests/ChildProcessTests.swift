import Glibc
import Net
import Testing

@Suite struct ChildProcessTests {
    private struct Failed: Error {}

    private func run(_ script: String, patience: Duration, take: (ArraySlice<UInt8>) -> Bool) throws -> (
        ended: Bool, pid: pid_t
    ) {
        // The shell says its number first.
        guard let child = ChildProcess("/bin/sh", ["-c", "echo $$ >&0; \(script)"]) else {
            throw Failed()
        }
        var first: [UInt8] = []
        let ended = BlockingReader.read(child.socket, until: .after(patience)) { bytes in
            first += bytes.prefix(64)
            return take(bytes)
        }
        let digits = first.prefix { 0x30...0x39 ~= $0 }
        return (ended, pid_t(String(decoding: digits, as: UTF8.self)) ?? 0)
    }

    @Test(arguments: [
        ("printf done >&0", true), ("kill -9 $$", true), ("exec sleep 1000", false),
        ("while :; do echo endless; done >&0", false),
    ])
    func `a child is gone when the caller is done with it`(script: String, ends: Bool) throws {
        var taken = 0
        let (ended, pid) = try run(script, patience: .milliseconds(ends ? 20_000 : 300)) { bytes in
            taken += bytes.count
            return taken < 1 << 20
        }
        #expect(ended == ends)
        try #require(pid > 1)
        #expect(kill(pid, 0) == -1 && errno == ESRCH, "not even its remains are left")
    }

    @Test func `a program that is not there is no child`() {
        if let child = ChildProcess("/nonexistent/program", []) { Issue.record("\(child.socket)") }
    }
}
