import HTTP
import Synchronization
import Testing

@Suite struct OpenFileTests {
    @Test func `an open file is closed once, when nobody holds it any more`() {
        let closed = Mutex<[Int32]>([])
        do {
            let file = OpenFile(7) { descriptor in closed.withLock { $0.append(descriptor) } }
            let response = Response(.ok, body: .openFile(file, range: 0..<1))
            #expect(response.body.length == 1 && closed.withLock { $0 } == [])
        }
        #expect(closed.withLock { $0 } == [7])
    }
}
