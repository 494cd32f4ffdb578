import HTTP
import Testing

@Suite struct HeadErrorTests {
    @Test(arguments: [
        (HeadError.requestLineTooLong(limit: 1), 414), (.headTooLong(limit: 1), 431),
        (.tooManyFields(limit: 1), 431),
        (.unsupportedVersion, 505), (.unsupportedTransferCoding, 501), (.unsupportedExpectation, 417),
        (.ambiguousFraming, 400), (.missingHost, 400), (.malformedTarget, 400),
    ])
    func `every fault has its answer`(error: HeadError, code: Int) {
        #expect(error.status.code == code)
    }
}
