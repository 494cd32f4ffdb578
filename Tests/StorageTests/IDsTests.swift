import Basics
import Testing

@testable import Storage

/// The running number is shared by all who make ids, other tests included.
@Suite(.serialized) struct IDsTests {
    @Test func `ids have eighteen digits from 2018 until 2453`() {
        for milliseconds in [0, 1_527_811_200_000, 1_767_225_600_000, 15_258_789_062_000] as [Int64] {
            let id = IDs.next(at: Timestamp(milliseconds: milliseconds))
            #expect(String(id).count == 18, "\(milliseconds)")
        }
    }

    @Test func `later ids are greater, as numbers and as text`() {
        var last: Int64 = 0
        for step in 0..<2_000 as Range<Int64> {
            let id = IDs.next(at: TestStore.now + .milliseconds(step))
            guard id > last, String(id) > String(last) || last == 0 else {
                Issue.record("\(id) after \(last)")
                return
            }
            last = id
        }
    }

    @Test func `a moment gives many ids without a double`() {
        let ids = Set((0..<8_192).map { _ in IDs.next(at: TestStore.now) })
        #expect(ids.count == 8_192)
    }

    @Test func `ids of one moment grow, also when the running number begins anew`() {
        var sequence = IDSequence(start: 65_000)
        var last: Int64 = 0
        for _ in 0..<70_000 {
            let id = sequence.next(at: TestStore.now)
            guard id > last else {
                Issue.record("\(id) after \(last)")
                return
            }
            last = id
        }
    }

    @Test func `what is older than 2018 is numbered as if it were from then`() {
        let old = IDs.next(at: Timestamp(milliseconds: -5_000_000_000_000))
        #expect(old >> 16 == 1_527_811_200_000)
    }

    @Test(
        arguments: [
            ("1", 1), ("0", 0), ("007", 7), ("9223372036854775807", .max), ("9223372036854775808", nil),
            ("", nil),
            ("-1", nil), ("+1", nil), ("1 ", nil), ("1.0", nil), ("x", nil), ("\u{0661}", nil),
            ("00000000000000000001", nil),
        ] as [(String, Int64?)])
    func `an id is digits and nothing else`(text: String, value: Int64?) {
        #expect(StatusID(text)?.value == value)
    }

    @Test func `the hash of an address is FNV-1a`() {
        // The published test vectors of the function.
        #expect(UInt64(bitPattern: URIHash.of("")) == 0xcbf2_9ce4_8422_2325)
        #expect(UInt64(bitPattern: URIHash.of("a")) == 0xaf63_dc4c_8601_ec8c)
        #expect(UInt64(bitPattern: URIHash.of("foobar")) == 0x8594_4171_f739_67e8)
    }

    @Test func `ids become a JSON array`() {
        #expect([StatusID(1), StatusID(-2)].asJSON() == "[1,-2]" && [StatusID]().asJSON() == "[]")
    }
}
