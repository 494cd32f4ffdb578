import Testing

@testable import Crypto

struct TLSWireTests {
    private func receive(_ bytes: [UInt8], on wire: TLSWire) {
        bytes.withUnsafeBytes { wire.receive($0) }
    }

    private func read(_ count: Int, from wire: TLSWire) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            read = wire.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    @Test func `bytes come out in the order they came in`() {
        let wire = TLSWire()
        receive([1, 2, 3], on: wire)
        #expect(read(2, from: wire) == [1, 2])
        receive([4, 5], on: wire)
        #expect(wire.incomingCount == 3)
        #expect(read(100, from: wire) == [3, 4, 5])
        #expect(read(100, from: wire) == [])
        receive([], on: wire)
        #expect(wire.incomingCount == 0)
    }

    @Test func `memory is given back when all is read`() {
        let wire = TLSWire()
        receive([UInt8](repeating: 0, count: 100_000), on: wire)
        _ = read(99_999, from: wire)
        #expect(wire.incoming.capacity >= 100_000)
        _ = read(1, from: wire)
        #expect(wire.incoming.capacity == 0)
    }

    @Test(arguments: [1, 2, 3, 5, 7, 300])
    func `the ends of records are known however they are read`(step: Int) {
        // Three records: of 300 bytes, of none, of one.
        let records: [[UInt8]] = [
            [23, 3, 3, 1, 44] + [UInt8](repeating: 23, count: 300), [22, 3, 3, 0, 0], [21, 3, 3, 0, 1, 9],
        ]
        let ends: Set = [0, 305, 310, 316]
        let wire = TLSWire()
        receive(records.flatMap { $0 }, on: wire)
        var position = 0
        while true {
            #expect(wire.isBetweenRecords == ends.contains(position), "after \(position) bytes")
            let count = read(step, from: wire).count
            guard count > 0 else { break }
            position += count
        }
        #expect(position == 316)
    }
}
