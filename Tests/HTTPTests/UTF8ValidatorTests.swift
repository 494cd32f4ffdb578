import Testing

@testable import HTTP

@Suite struct UTF8ValidatorTests {
    @Test func `every sequence of two bytes is judged like the library does`() {
        for first in UInt8(0x7F)...255 {
            for second in UInt8(0x7F)...255 {
                // Padding makes each long enough to be complete or to be wrong.
                for tail in [[], [0x80], [0x80, 0x80]] as [[UInt8]] {
                    let bytes = [first, second] + tail
                    var validator = UTF8Validator()
                    let isValid = validator.accept(bytes[...]) && validator.isComplete
                    #expect(isValid == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
                }
            }
        }
    }

    @Test func `pieces may be cut inside a character`() {
        var validator = UTF8Validator()
        for byte in "\u{3BA}\u{1F600}\u{10FFFF}".utf8 {
            let isAccepted = validator.accept([byte])
            #expect(isAccepted)
        }
        #expect(validator.isComplete)
        let isAccepted = validator.accept([0xF0, 0x9F])
        #expect(isAccepted && !validator.isComplete)
    }

    @Test(
        arguments: [
            [0x80], [0xC0], [0xC1], [0xE0, 0x9F], [0xED, 0xA0], [0xF0, 0x8F], [0xF4, 0x90], [0xF5], [0xFF],
            [0xC3, 0x41],
        ] as [[UInt8]])
    func `the first impossible byte is refused`(bytes: [UInt8]) {
        var validator = UTF8Validator()
        let isAccepted = (before: validator.accept(bytes.dropLast()), last: validator.accept(bytes.suffix(1)))
        #expect(isAccepted == (before: true, last: false))
    }
}
