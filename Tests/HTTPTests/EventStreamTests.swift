import HTTP
import Testing

@Suite struct EventStreamTests {
    @Test func `an event cannot leave its lines`() {
        let bytes = EventStream.event("up\ndate", data: "{\"a\":1}\r\nevent: forged\n")
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "event: update\ndata: {\"a\":1}\ndata: event: forged\ndata: \n\n")
    }

    @Test func `a heartbeat is a comment`() {
        #expect(
            EventStream.heartbeat.first == UInt8(ascii: ":") && EventStream.heartbeat.suffix(2) == [10, 10])
    }
}
