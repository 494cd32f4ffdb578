import Basics
import Synchronization
import Testing

@Suite struct LogTests {
    private static func lines(_ threshold: Log.Priority = .debug, _ body: (Log) -> Void) -> [String] {
        let written = Mutex<[String]>([])
        body(Log(threshold: threshold) { line in written.withLock { $0.append(line) } })
        return written.withLock { $0 }
    }

    @Test func `each line begins with its priority for the journal`() {
        let lines = Self.lines { log in
            log.error("e")
            log.warning("w")
            log.notice("n")
            log.info("i")
            log.debug("d")
        }
        #expect(lines == ["<3>e\n", "<4>w\n", "<5>n\n", "<6>i\n", "<7>d\n"])
    }

    @Test func `what is less important than the threshold is left out`() {
        let lines = Self.lines(.notice) { log in
            log.info("i")
            log.notice("n")
            log.limited(to: .error).warning("w")
            log.limited(to: .debug).debug("d")
        }
        #expect(lines == ["<5>n\n", "<7>d\n"])
    }

    @Test(arguments: [
        ("plain", "plain"), ("", "\"\""), ("two words", "\"two words\""), ("a=b", "\"a=b\""),
        ("say \"hi\"", "\"say ?hi?\""), ("one\ntwo", "\"one?two\""),
        ("cr\rlf\u{0}nul\u{7F}del", "\"cr?lf?nul?del\""),
        ("\u{1B}[31mred", "\"?[31mred\""), ("K\u{F6}ln", "K\u{F6}ln"),
    ])
    func `a value cannot look like anything but a value`(value: String, written: String) {
        #expect(Self.lines { $0.info("m", ["v": value]) } == ["<6>m v=\(written)\n"])
    }

    @Test func `no value makes a second line`() {
        for code in UInt8.min...UInt8.max {
            let line = Self.lines { $0.info("m", ["v": String(UnicodeScalar(code))]) }.joined()
            #expect(line.utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1 && line.hasSuffix("\n"))
        }
    }

    @Test func `a long value is cut`() {
        let line = Self.lines { $0.info("m", ["v": String(repeating: "x", count: 100_000)]) }.joined()
        #expect(line == "<6>m v=\(String(repeating: "x", count: 512))\n")
    }

    @Test func `fields keep their order`() {
        #expect(Self.lines { $0.info("m", ["b": 2, "a": 1, "b": 3]) } == ["<6>m b=2 a=1 b=3\n"])
    }
}
