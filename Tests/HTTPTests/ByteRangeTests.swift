import HTTP
import Testing

@Suite struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-0", 0..<1), ("bytes=0-499", 0..<500), ("bytes=500-", 500..<1_000),
        ("bytes=-1", 999..<1_000),
        ("bytes=-5000", 0..<1_000), ("bytes=999-999999999999999999999999", 999..<1_000),
        ("Bytes=0-9", 0..<10),
        ("bytes= 0-9 ", 0..<10), ("bytes=999-999", 999..<1_000), ("bytes=0-999", 0..<1_000),
        ("bytes=-99999999999999999999", 0..<1_000),
    ])
    func `one range is served`(header: String, range: Range<Int>) {
        #expect(ByteRange(header, length: 1_000) == .part(range))
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999-"])
    func `a range behind the end cannot be served`(header: String) {
        #expect(ByteRange(header, length: 1_000) == .unsatisfiable)
    }

    @Test(arguments: [
        nil, "", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "items=0-1", "bytes=a-b",
        "bytes=0-1x",
        "bytes=+1-2", "bytes=1--2", "bytes 0-1",
    ])
    func `anything else is left aside`(header: String?) {
        #expect(ByteRange(header, length: 1_000) == .whole)
    }

    @Test func `nothing of nothing can be served`() {
        #expect(ByteRange("bytes=0-", length: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", length: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=0-", length: -1) == .whole)
    }

    @Test func `the answer says what it is part of`() {
        #expect(ByteRange.part(0..<10).contentRange(length: 99) == "bytes 0-9/99")
        #expect(ByteRange.unsatisfiable.contentRange(length: 99) == "bytes */99")
        #expect(ByteRange.whole.contentRange(length: 99) == nil)
    }
}
