import Basics
import Synchronization
import Testing

@Suite struct BroadcastTests {
    @Test func `everybody hears everything, in the order of listening`() {
        let broadcast = Broadcast<Int>()
        let heard = Mutex<[String]>([])
        broadcast.send(0)
        broadcast.listen { news in heard.withLock { $0.append("a\(news)") } }
        broadcast.listen { news in heard.withLock { $0.append("b\(news)") } }
        broadcast.send(1)
        broadcast.send(2)
        #expect(heard.withLock { $0 } == ["a1", "b1", "a2", "b2"])
    }

    @Test func `a listener may add another while it hears`() {
        let broadcast = Broadcast<Int>()
        let heard = Mutex<[Int]>([])
        broadcast.listen { news in
            if news == 1 { broadcast.listen { later in heard.withLock { $0.append(later) } } }
        }
        broadcast.send(1)
        broadcast.send(2)
        #expect(heard.withLock { $0 } == [2])
    }
}
