import Testing

@testable import Crypto

struct PEMBlockTests {
    @Test(arguments: [
        "-----BEGIN X-----\nAQID\n-----END X-----\n",
        "-----BEGIN X-----\r\nAQID\r\n-----END X-----\r\n",
        "-----BEGIN X-----\nAQID\n-----END X-----",
        "-----BEGIN X-----\\nAQID\\n-----END X-----\\n",
        "-----BEGIN X-----\\r\\nAQID\\r\\n-----END X-----",
        "-----BEGIN X-----AQID-----END X-----",
        "  \n-----BEGIN X-----\n  AQ\tID  \n\n-----END X-----\n  ",
    ])
    func `line ends of every sort are understood`(text: String) throws {
        let block = try PEMBlock(text)
        #expect(block.label == Array("X".utf8))
        #expect(block.bytes == [1, 2, 3])
    }

    @Test(arguments: [
        "", "AQID", "-----BEGIN ", "-----BEGIN X-----", "-----BEGIN X-----\nAQID",
        "-----BEGIN X-----\nAQID\n-----END X",
        "-----BEGIN X-----\nAQID\n-----END Y-----", "-----BEGIN X-----\nAQI\n-----END X-----",
        "-----BEGIN X-----\nAQ\\xID\n-----END X-----", "-----END X-----\n-----BEGIN X-----",
        "-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\nAQID\n-----END X-----",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: KeyError.notPEM) { try PEMBlock(text) }
    }

    @Test func `a text is refused above the limit`() throws {
        let frame = "-----BEGIN X-----AQID-----END X-----"
        let filling = String(repeating: " ", count: PEMBlock.limit - frame.utf8.count)
        #expect(try PEMBlock(frame + filling).bytes == [1, 2, 3])
        #expect(throws: KeyError.notPEM) { try PEMBlock(frame + filling + " ") }
    }
}
